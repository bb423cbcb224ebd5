using ActorJobs;
using ActorJobs.Actors.Entities;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddActorJobs(jobs => jobs.AddHandler<Mail, SendMail>("mail.send").AddEntity<Mailbox>("mailbox"));
builder.Services.UseSqliteStore();
builder.Services.AddActorJobsApi();
var app = builder.Build();
app.MapActorJobs();
app.Run();

public sealed record Mail(string To, string Text);
public sealed record Sent(int Count);

public sealed class SendMail(IEntityClient entities) : IJobHandler<Mail, Sent>
{
    // the job's id makes a repetition harmless: a job that runs twice is counted once
    public async ValueTask<JobOutcome<Sent>> RunAsync(Mail mail, JobContext context) =>
        await entities.AskAsync<Sent>(new("mailbox", mail.To), new Deliver(mail.Text), context.Id.Value, context.Cancellation);
}

public sealed record Deliver(string Text);
public sealed record Delivered(string Text);
public sealed record Box(int Count);

public sealed class Mailbox : IDecider<Box, Deliver, Delivered>
{
    public Box Initial => new(0);
    public Decision<Delivered> Decide(Box box, Deliver deliver, DecisionContext context) => Decision.Happened(new Delivered(deliver.Text), new Sent(box.Count + 1));
    public Box Evolve(Box box, Delivered delivered) => new(box.Count + 1);
}
