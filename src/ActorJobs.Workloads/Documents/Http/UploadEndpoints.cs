using System.Globalization;
using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorJobs.Workloads.Documents;

/// <summary>Adds and deletes the documents of an index whose source is <c>uploads</c>. Searches see the change after the next rebuild.</summary>
internal static class UploadEndpoints
{
    /// <summary>The longest body of one document, and of a file of them, in bytes.</summary>
    public const int MaxDocument = 4 * 1024 * 1024;

    public const int MaxBatch = 32 * 1024 * 1024;

    // what is told of lines that are no documents
    private const int MaxRefusals = 100;

    public static void MapUploads(this RouteGroupBuilder index)
    {
        index.MapGet("/{name}/documents/{**id}", Find);
        index.MapPut("/{name}/documents/{**id}", PutAsync).Accepts<UploadedDocument>("application/json").WithMetadata(new BodyLimit(MaxDocument)).Audit("index.upload");
        index.MapDelete("/{name}/documents/{**id}", Delete).Audit("index.delete");
        index.MapPost("/{name}/documents", PostAsync).WithMetadata(new BodyLimit(MaxBatch)).Audit("index.upload");
    }

    private static Results<Ok<SourceDocument>, ApiProblem> Find(string name, string id, UploadControl uploads)
    {
        var (store, problem) = uploads.Open(name);
        return store is null ? problem! : store.Find(Plain(id)) is { } document ? TypedResults.Ok(document) : NoSuchDocument(name, id);
    }

    private static async Task<Results<Ok<UploadAccepted>, Created<UploadAccepted>, ApiProblem>> PutAsync(
        string name, string id, HttpRequest request, UploadControl uploads, CancellationToken cancellationToken)
    {
        var (store, problem) = uploads.Open(name);
        if (store is null)
            return problem!;
        if (!request.HasJsonContentType())
            return Problems.NotJson(request.ContentType);
        if (request.ContentLength > MaxDocument)
            return Problems.BodyTooLarge(MaxDocument);
        id = Plain(id);
        var body = await ReadAsync(request, cancellationToken);
        var (fields, malformed) = DocumentFields.Read(body);
        if (fields is null)
            return Problems.Invalid("invalid-document", malformed!, "");
        if (fields.Id is not null && fields.Id != id)
            return Problems.Invalid("other-id", "The body's 'id' is not the one of the address; leave it out.", "/id");
        if (id.Length > DocumentFields.MaxId || id.Any(char.IsControl))
            return Problems.Invalid("invalid-id", $"An id has at most {DocumentFields.MaxId} characters and no control characters.", "id");
        return uploads.Put(name, store, new SourceDocument(id, fields.Title ?? id, fields.Text)) switch
        {
            true => TypedResults.Created($"/api/v1/indexes/{name}/documents/{Uri.EscapeDataString(id)}", new UploadAccepted(1, [])),
            false => TypedResults.Ok(new UploadAccepted(1, [])),
            null => Full(name),
        };
    }

    private static Results<NoContent, ApiProblem> Delete(string name, string id, UploadControl uploads)
    {
        var (store, problem) = uploads.Open(name);
        return store is null ? problem! : uploads.Delete(name, store, Plain(id)) ? TypedResults.NoContent() : NoSuchDocument(name, id);
    }

    private static async Task<Results<Ok<UploadAccepted>, ApiProblem>> PostAsync(
        string name, HttpRequest request, UploadControl uploads, CancellationToken cancellationToken)
    {
        var (store, problem) = uploads.Open(name);
        if (store is null)
            return problem!;
        if (request.ContentLength > MaxBatch)
            return Problems.BodyTooLarge(MaxBatch);
        // the whole body first: a client that stops in the middle has sent nothing
        var body = await ReadAsync(request, cancellationToken);
        var lines = new LineReader(new MemoryStream(body.ToArray(), writable: false), MaxDocument);
        var (stored, refused) = (0, new List<RefusedLine>());
        while (lines.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (lines is { IsTooLong: false } && lines.Current.Span.Trim(" \t\r\uFEFF"u8).IsEmpty)
                continue;
            var (fields, malformed) = lines.IsTooLong ? (null, $"The line has more than {MaxDocument} bytes.") : DocumentFields.Read(lines.Current);
            if (fields is { Id: null })
                (fields, malformed) = (null, "A document that is sent has an 'id'.");
            if (fields is null)
                refused.Add(new RefusedLine(lines.Number, malformed!));
            else if (uploads.Put(name, store, new SourceDocument(fields.Id!, fields.Title ?? fields.Id!, fields.Text)) is null)
                return Full(name);
            else
                stored++;
            if (refused.Count == MaxRefusals)
                break;
        }

        return TypedResults.Ok(new UploadAccepted(stored, refused));
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, MaxBatch));
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    // the server leaves an escaped slash as it is, so that it is not taken for one of the path
    private static string Plain(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static ApiProblem NoSuchDocument(string name, string id) => Problems.NotFound($"Index '{name}' was sent no document '{id}'.");

    private static ApiProblem Full(string name) => Problems.Conflict(
        "too-many-documents", string.Create(CultureInfo.InvariantCulture, $"Index '{name}' holds {UploadStore.MaxDocuments} documents already; put more into files of a folder."));

    private sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => bytes;
    }
}

/// <summary>Body of <c>PUT /api/v1/indexes/{name}/documents/{id}</c>; a line of <c>POST .../documents</c> has the id as well.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="Title">What a person calls it. Default: the id.</param>
/// <param name="Text">What it says, as plain text or Markdown.</param>
internal sealed record UploadedDocument(string? Id, string? Title, string Text);

/// <summary>What became of documents that were sent.</summary>
/// <param name="Stored">How many are on the disk.</param>
/// <param name="Refused">The lines that are no documents; reading stops behind the hundredth.</param>
internal sealed record UploadAccepted(int Stored, IReadOnlyList<RefusedLine> Refused);

/// <summary>A line that is no document.</summary>
/// <param name="Line">Which, from 1.</param>
/// <param name="Reason">Why.</param>
internal sealed record RefusedLine(long Line, string Reason);
