using System.Data.Common;
using System.Globalization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.AspNetCore;

/// <summary>Every way in which the front door refuses a request, with its status and its words, in one place.</summary>
public static class Problems
{
    /// <summary>A field or parameter is there and wrong.</summary>
    public static ApiProblem Invalid(string code, string detail, string? field = null) =>
        new(StatusCodes.Status400BadRequest, code, "The request is not valid", detail, field);

    /// <summary>What the path names does not exist.</summary>
    public static ApiProblem NotFound(string detail) =>
        new(StatusCodes.Status404NotFound, "not-found", "Not found", detail);

    /// <summary>What is asked for does not go together with how things are.</summary>
    public static ApiProblem Conflict(string code, string detail, string? field = null) =>
        new(StatusCodes.Status409Conflict, code, "Conflict with the present state", detail, field);

    /// <summary>The node takes no requests of the outside.</summary>
    public static ApiProblem NotAFront(string node) => new(
        StatusCodes.Status421MisdirectedRequest, "not-a-front", "Not served by this node", $"The node {node} has not the role 'front' (ActorJobs:Node:Roles): ask another one.");

    /// <summary>The node cannot serve the request now.</summary>
    public static ApiProblem Unavailable(string reason, TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, "unavailable", "Not available now", reason, RetryAfter: retryAfter);

    /// <summary>The caller did not say who it is.</summary>
    public static ApiProblem Unauthorized(string detail) =>
        new(StatusCodes.Status401Unauthorized, "unauthorized", "An API key is needed", detail);

    /// <summary>A caller that proves itself by signing its requests has not: the signature is missing, or made with another secret or over another body.</summary>
    public static ApiProblem InvalidSignature(string detail) =>
        new(StatusCodes.Status401Unauthorized, "invalid-signature", "The signature is not valid", detail);

    /// <summary>So many wrong keys came from the caller's address that its keys are not looked at.</summary>
    internal static ApiProblem TooManyFailures(TimeSpan wait) =>
        new(StatusCodes.Status429TooManyRequests, "too-many-failures", "Too many wrong API keys",
            $"More than {FailedLogins.Limit} wrong API keys came from this address within a minute.", RetryAfter: wait);

    /// <summary>The caller may not do this.</summary>
    public static ApiProblem Forbidden(string code, string detail) =>
        new(StatusCodes.Status403Forbidden, code, "Not allowed", detail);

    /// <summary>A cursor that no page gave out.</summary>
    public static ApiProblem InvalidCursor() => Invalid("invalid-cursor", "The cursor is none that this API gave out.", "/cursor");

    /// <summary>A field is there that nobody reads.</summary>
    public static ApiProblem UnknownField(string field, string allowed) =>
        Invalid("unknown-field", $"There is no such field. Allowed: {allowed}.", field);

    /// <summary>A field that must be there is not.</summary>
    public static ApiProblem MissingField(string field) => Invalid("missing-field", "The field is required.", field);

    /// <summary>A field has a value of the wrong type.</summary>
    public static ApiProblem WrongType(string field, string expected, string found) =>
        Invalid("wrong-type", $"Expected {expected}, found {found}.", field);

    /// <summary>A field stands twice in one object.</summary>
    public static ApiProblem DuplicateField(string field) => Invalid("duplicate-field", "The field is given twice.", field);

    /// <summary>A value nests deeper than allowed.</summary>
    public static ApiProblem TooDeep(string field, int limit) =>
        Invalid("too-deep", $"The value nests deeper than {limit} levels.", field);

    /// <summary>The body is no JSON.</summary>
    public static ApiProblem MalformedJson(string detail) => Invalid("malformed-json", detail);

    /// <summary>The body is bigger than allowed.</summary>
    public static ApiProblem BodyTooLarge(int limit) =>
        new(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large",
            string.Create(CultureInfo.InvariantCulture, $"The body may have at most {limit} bytes."));

    /// <summary>With this body those under way would be too large together (<see cref="BodyBudget"/>).</summary>
    internal static ApiProblem TooManyBodies() =>
        new(StatusCodes.Status503ServiceUnavailable, "too-many-bodies", "Too many large requests at once",
            "The bodies of the requests under way are as large together as the memory of the node allows. Send it again a little later, or in smaller parts.",
            RetryAfter: TimeSpan.FromSeconds(2));

    /// <summary>The body is not announced as JSON.</summary>
    public static ApiProblem NotJson(string? contentType) =>
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The media type is not supported",
            $"Send the body as application/json, not as {contentType}.");

    /// <summary>The body is compressed.</summary>
    public static ApiProblem Encoded(string encoding) =>
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported-encoding", "The content encoding is not supported",
            $"Send the body as it is, without Content-Encoding: {encoding}.");

    /// <summary>What the path names is there, but not with this method.</summary>
    public static ApiProblem MethodNotAllowed(string method, IEnumerable<string> allowed) =>
        new(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "The method is not allowed",
            $"{method} is not served here. Allowed: {string.Join(", ", allowed)}.");

    /// <summary>The idempotency key came before with another body.</summary>
    public static ApiProblem KeyReused() =>
        new(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "The idempotency key was used for another request",
            "The same Idempotency-Key came before with another body. Use a new key for a new request.");

    /// <summary>A bug of ours; the log has the rest.</summary>
    public static ApiProblem Unexpected(string traceId) =>
        new(StatusCodes.Status500InternalServerError, "unexpected", "Something went wrong here",
            $"The request failed for a reason that is in the log of the node under trace {traceId}.");

    /// <summary>The server refused the request before it came to us.</summary>
    internal static ApiProblem Of(BadHttpRequestException exception) =>
        new(exception.StatusCode, "bad-request", "The request is not valid", exception.Message);

    /// <summary>A failure under the engine, if it is one of those that pass: the store is away, or too slow to answer.</summary>
    internal static ApiProblem? Of(Exception exception, NodeStatus? node) => exception switch
    {
        _ when node?.Health.Current is { } outage => Unavailable($"The store does not answer: {outage.Reason}", OutageRetry),
        EntityException or ActorJobsException or TimeoutException or IOException or DbException => Unavailable(exception.Message, OutageRetry),
        _ => null,
    };

    /// <summary>An endpoint answered with a status and nothing else.</summary>
    internal static ApiProblem Bare(int status) =>
        new(status, "refused", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), status switch
        {
            StatusCodes.Status400BadRequest => "The request's parameters or its body do not have the form that this address asks for.",
            StatusCodes.Status415UnsupportedMediaType => "Send the body as application/json.",
            _ => "The request was refused.",
        });

    /// <summary>Why a submit was refused, or null when it was accepted.</summary>
    /// <param name="result">What the engine said.</param>
    /// <param name="parent">The pointer to the job in the request: empty, or <c>/jobs/3</c> in a batch.</param>
    public static ApiProblem? Of(SubmitResult result, string parent = "") => result switch
    {
        SubmitResult.Accepted => null,
        SubmitResult.Invalid(var problem) => Invalid(problem.Code, problem.Detail, problem.Field is null ? null : $"{parent}/{problem.Field.Replace('.', '/')}"),
        SubmitResult.QueueFull { Tenant: { } tenant } full =>
            new ApiProblem(StatusCodes.Status429TooManyRequests, "tenant-quota", "The tenant's quota is used up",
                $"Tenant '{tenant}' has {full.Quota} jobs that have not ended, as many as its quota allows.", $"{parent}/tenant", RetryAfter: full.RetryAfter),
        SubmitResult.QueueFull { IsDraining: true } draining =>
            new ApiProblem(StatusCodes.Status429TooManyRequests, "queue-draining", "The queue takes no jobs",
                $"The queue '{draining.Queue}' is draining: it takes no new jobs until it is resumed.", RetryAfter: draining.RetryAfter),
        SubmitResult.QueueFull(var queue, var wait) =>
            new ApiProblem(StatusCodes.Status429TooManyRequests, "queue-full", "The queue is full",
                $"The queue '{queue}' takes no more jobs now.", RetryAfter: wait),
        SubmitResult.Conflict(var holder, var key) => Conflict("unique-key-held", $"The unique key '{key}' is held by job {holder}.", $"{parent}/unique"),
        SubmitResult.Unavailable(var reason, var wait) => Unavailable(reason, wait),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Why a command was refused, or null when it took effect.</summary>
    internal static ApiProblem? Of(JobCommandResult result, JobId id) => result switch
    {
        JobCommandResult.Done => null,
        JobCommandResult.NotFound => NoSuchJob(id.Value),
        JobCommandResult.Invalid(var problem) => Of(new SubmitResult.Invalid(problem)),
        JobCommandResult.Refused(_, var reason) => Conflict("wrong-state", reason),
        JobCommandResult.Unavailable(var reason, var wait) => Unavailable(reason, wait),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Why a workflow was not started, or null when it was.</summary>
    internal static ApiProblem? Of(WorkflowStartResult result) => result switch
    {
        WorkflowStartResult.Accepted => null,
        WorkflowStartResult.Conflict => KeyReused(), // only a key brings a fingerprint with it
        WorkflowStartResult.Invalid(var problem) => Of(new SubmitResult.Invalid(problem)),
        WorkflowStartResult.IdTaken(var id) => Conflict(
            "id-taken",
            $"There is '{id}' already, left by an earlier workflow of this id or made by somebody else: a node of this workflow would be confused with it. Take another id for the workflow."),
        WorkflowStartResult.QueueFull full => Of(new SubmitResult.QueueFull(full.Queue, full.RetryAfter) { IsDraining = full.IsDraining }),
        WorkflowStartResult.Unavailable(var reason, var wait) => Unavailable(reason, wait),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Why a command to a workflow was refused, or null when it took effect.</summary>
    internal static ApiProblem? Of(WorkflowCommandResult result, string id) => result switch
    {
        WorkflowCommandResult.Done => null,
        WorkflowCommandResult.NotFound => NoSuchWorkflow(id),
        WorkflowCommandResult.Refused(_, var reason) => Conflict("wrong-state", reason),
        WorkflowCommandResult.Invalid(var problem) => Of(new SubmitResult.Invalid(problem)),
        WorkflowCommandResult.Unavailable(var reason, var wait) => Unavailable(reason, wait),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal static ApiProblem NoSuchWorkflow(string id) => NotFound($"There is no workflow '{id}'.");

    /// <summary>Why a command was refused, or null when it took effect.</summary>
    internal static ApiProblem? Of(ScheduleCommandResult result, string id) => result switch
    {
        ScheduleCommandResult.Done => null,
        ScheduleCommandResult.NotFound => NoSuchSchedule(id),
        ScheduleCommandResult.Invalid(var problem) => Invalid(problem.Code, problem.Detail, problem.Field is null ? null : $"/{problem.Field.Replace('.', '/')}"),
        ScheduleCommandResult.Refused(var code, var reason) => Conflict(code, reason),
        ScheduleCommandResult.Unavailable(var reason, var wait) => Unavailable(reason, wait),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Why an action is not taken back, or null when it is or can be.</summary>
    internal static ApiProblem? Of(BulkUndoResult result, string id) => result switch
    {
        BulkUndoResult.NotFound => NotFound($"There is no action '{id}'."),
        BulkUndoResult.Refused(var code, var reason) => Conflict(code, reason),
        BulkUndoResult.Possible { Submitted: { } submitted } => Of(submitted),
        _ => null,
    };

    private static readonly TimeSpan OutageRetry = TimeSpan.FromSeconds(2);

    internal static ApiProblem NoSuchJob(string id) => NotFound($"There is no job '{id}'.");

    internal static ApiProblem NoSuchSchedule(string id) => NotFound($"There is no schedule '{id}'.");

    internal static ApiProblem NoSuchQueue(string name) => NotFound($"There is no queue '{name}'.");
}
