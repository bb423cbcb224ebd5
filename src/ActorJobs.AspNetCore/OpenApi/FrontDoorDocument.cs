using ActorJobs.Client;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ActorJobs.AspNetCore;

/// <summary>
/// The OpenAPI document of the API. It has a name of its own, so that it holds our routes alone and leaves the host application's document alone.
/// </summary>
internal static class FrontDoorDocument
{
    public const string Name = "actorjobs";

    public static void AddFrontDoorDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.GroupName == Name && description.HttpMethod != HttpMethods.Head; // HEAD goes with each GET
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ActorJobs",
                Version = "v1",
                Description = "Durable background jobs. Durations are ISO 8601 (PT10S) or seconds, instants RFC 3339 in UTC, refusals RFC 9457 problems. "
                    + $"Bodies have at most {JsonRequest.DefaultLimit >> 20} MiB where nothing else is said.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody?.Content?.Remove(FrontDoor.AnyMediaType);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    public static void MapFrontDoorDocument(this RouteGroupBuilder root) =>
        root.MapGet("/openapi/v1.json", (HttpContext context, CancellationToken cancellationToken) => WriteAsync(context, cancellationToken)).ExcludeFromDescription();

    // a result, not a handler of its own: only with one can routing do without compiling expressions at the first request, for 4 MB
    private static async Task<IResult> WriteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var provider = context.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        return Results.Text(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken), "application/json");
    }

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(double);

    /// <summary>Types whose JSON the schema generator cannot see, because a converter writes them or the body is read as a stream.</summary>
    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (IsNumber(type))
        {
            // the generator thinks of numbers in strings, which the readers refuse
            (schema.Type, schema.Pattern) = (schema.Type & ~JsonSchemaType.String, null);
        }
        else if (type == typeof(LeaseProgress) || type == typeof(LeaseCompletion) || type == typeof(LeaseFailure))
        {
            // a callback's address names the lease
            schema.Required?.ExceptWith(["job", "attempt", "token"]);
        }
        else if (type == typeof(TimeSpan))
        {
            (schema.Type, schema.Pattern, schema.Format) = (JsonSchemaType.String | JsonSchemaType.Number, null, null);
            schema.Description ??= "ISO 8601, for instance PT10S, or a number of seconds.";
        }
        else if (type == typeof(SubmitJob) || type == typeof(SubmitBatch) || type == typeof(BackoffRule) || type == typeof(UniqueKey)
            || type == typeof(ChangeQueue) || type == typeof(ResizePool) || type == typeof(RetryJob) || type == typeof(CancelJob)
            || type == typeof(Reason) || type == typeof(BulkAction) || type == typeof(BulkFilter) || type == typeof(BulkUndo))
        {
            // the readers refuse fields they do not know
            schema.AdditionalPropertiesAllowed = false;
        }

        if (type == typeof(SubmitBatch) && schema.Properties?["jobs"] is OpenApiSchema jobs)
            (jobs.MinItems, jobs.MaxItems) = (1, SubmitReader.MaxBatch);
    }
}
