# Sidekiq: the job, and `ruby sidekiq_peer.rb submit JOBS PAYLOAD`. The worker is `sidekiq -r ./sidekiq_peer.rb`.
require "sidekiq"

Sidekiq.configure_client { |config| config.redis = { url: ENV.fetch("PEER_REDIS") } }
Sidekiq.configure_server { |config| config.redis = { url: ENV.fetch("PEER_REDIS") } }
DONE = File.open(ENV.fetch("PEER_DONE"), File::WRONLY | File::APPEND | File::CREAT)

class Noop
  include Sidekiq::Worker

  def perform(_text)
    DONE.syswrite(".")
  end
end

if $PROGRAM_NAME == __FILE__
  jobs = Integer(ARGV[1])
  text = "x" * Integer(ARGV[2])
  print Time.now.to_f, " "
  began = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  (0...jobs).each_slice(1000) { |slice| Sidekiq::Client.push_bulk("class" => Noop, "args" => slice.map { [text] }) }
  puts Process.clock_gettime(Process::CLOCK_MONOTONIC) - began
end
