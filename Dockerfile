# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0-alpine AS build
WORKDIR /source

# Project files first: the restore layer is rebuilt only when a dependency changes.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY src/ActorJobs.Actors/*.csproj src/ActorJobs.Actors/
COPY src/ActorJobs/*.csproj src/ActorJobs/
COPY src/ActorJobs.Sqlite/*.csproj src/ActorJobs.Sqlite/
COPY src/ActorJobs.Redis/*.csproj src/ActorJobs.Redis/
COPY src/ActorJobs.Client/*.csproj src/ActorJobs.Client/
COPY src/ActorJobs.AspNetCore/*.csproj src/ActorJobs.AspNetCore/
COPY src/ActorJobs.Workloads/*.csproj src/ActorJobs.Workloads/
COPY src/ActorJobs.Hocon/*.csproj src/ActorJobs.Hocon/
COPY src/ActorJobs.Server/*.csproj src/ActorJobs.Server/
RUN dotnet restore src/ActorJobs.Server --os linux-musl -p:UseAppHost=false

COPY src/ src/
COPY config/ config/
COPY hocon/ hocon/
RUN dotnet publish src/ActorJobs.Server -c Release --os linux-musl --no-restore --no-self-contained -p:UseAppHost=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine
LABEL org.opencontainers.image.title="ActorJobs" org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=build /app ./
COPY config/ config/
COPY hocon/ hocon/
# The only folders the process writes; a volume keeps the embedded store when the container goes. "shared" is for what nodes of a cluster must all see.
RUN mkdir data logs shared && chown "$APP_UID" data logs shared
VOLUME /app/data
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_gcServer=0
EXPOSE 8080
USER $APP_UID
# Live, not ready: a node that waits for Redis must not be killed for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD wget -q -O /dev/null http://127.0.0.1:8080/health/live || exit 1
ENTRYPOINT ["dotnet", "ActorJobs.Server.dll"]
