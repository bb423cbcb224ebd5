using System.Text.Json;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>
/// How jobs are stored. What every job writes and reads is written and read by hand, for it is most of a job's cost; the bytes are those that the
/// generated serialiser makes, which takes the rest.
/// </summary>
internal sealed class JobCodec : IEntityCodec<JobState, JobEvent>
{
    private readonly JsonEntityCodec<JobState, JobEvent> generated = new(JobEntity.Kind, JobJsonContext.Default.Options);
    private readonly string submitted;
    private readonly string started;
    private readonly string completed;

    public JobCodec()
    {
        submitted = generated.NameOf(typeof(JobSubmitted));
        started = generated.NameOf(typeof(AttemptStarted));
        completed = generated.NameOf(typeof(JobCompleted));
    }

    public int Schema => generated.Schema;

    public ReadOnlyMemory<byte> EncodeState(JobState state) => Encode(state, static (writer, state) => JobStateJson.Write(writer, state));

    public JobState DecodeState(ReadOnlyMemory<byte> data) => JobStateJson.Read(data);

    public string TypeOf(JobEvent happened) => generated.TypeOf(happened);

    public ReadOnlyMemory<byte> EncodeEvent(JobEvent happened) => happened switch
    {
        JobSubmitted or AttemptStarted or JobCompleted => Encode(happened, static (writer, happened) => JobEventJson.Write(writer, happened)),
        _ => generated.EncodeEvent(happened),
    };

    public JobEvent DecodeEvent(string type, ReadOnlyMemory<byte> data) =>
        type == started ? JobEventJson.ReadStarted(data)
        : type == submitted ? JobEventJson.ReadSubmitted(data)
        : type == completed ? JobEventJson.ReadCompleted(data)
        : generated.DecodeEvent(type, data);

    private static ReadOnlyMemory<byte> Encode<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var (buffer, writer) = EncodingBuffer.Rent();
        write(writer, value);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        EncodingBuffer.Return(buffer);
        return bytes;
    }
}
