using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Scraping;

/// <summary>Checks the data annotations of <see cref="ScrapingOptions"/> without reflection.</summary>
[OptionsValidator]
internal sealed partial class ScrapingOptionsValidator : IValidateOptions<ScrapingOptions>;
