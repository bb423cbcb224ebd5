# Writes a queue as Sidekiq's own client does. Usage: sidekiq_jobs.rb PORT
require "sidekiq"
require "sidekiq/job_retry"

Sidekiq.configure_client { |config| config.redis = { url: "redis://127.0.0.1:#{ARGV[0]}/0" } }
Sidekiq.logger.level = Logger::ERROR
LATER = Time.utc(2100, 1, 1, 12).to_f

def push(jid, more = {})
  Sidekiq::Client.push({ "class" => "Mail::Send", "queue" => "mails", "args" => [], "jid" => jid }.merge(more))
end

# what a processor does with a job that fails: it goes to the set of those that are tried again
def fail_once(jid, more = {})
  job = { "class" => "Mail::Send", "queue" => "mails", "args" => ["again"], "jid" => jid, "created_at" => Time.now.to_f, "retry" => true }.merge(more)
  Sidekiq::JobRetry.new(Sidekiq.options).global(Sidekiq.dump_json(job), job["queue"]) { raise ArgumentError, "printer is out of paper" }
rescue Sidekiq::JobRetry::Handled
  nil
end

push("plain", "args" => ["ada@example.org", "Grüße 🎉"])
push("none")
push("tuned", "args" => [{ "a" => [1, 2.5, nil] }], "retry" => 3, "tags" => ["report", "eu"])
push("once", "args" => ["x"], "retry" => false)
Sidekiq::Client.push_bulk("class" => "Mail::Send", "queue" => "mails", "args" => (1..5).map { |number| [number] })
push("later", "args" => ["later"], "at" => LATER)
push("elsewhere", "queue" => "other", "args" => ["later"], "at" => LATER)
fail_once("failed")
fail_once("failed-3", "retry" => 3)
fail_once("failed-elsewhere", "queue" => "other")

# what cannot be carried over
push("unknown", "class" => "Mail::Unknown")
push("many", "args" => [1, 2, 3])
push("wrapped", "class" => "ActiveJob::QueueAdapters::SidekiqAdapter::JobWrapper", "wrapped" => "MailJob", "args" => [{ "job_class" => "MailJob", "arguments" => [1] }])
push("batch", "bid" => "b-1")
Sidekiq.redis { |redis| redis.lpush("queue:mails", "no job at all") }
