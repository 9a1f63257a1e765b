#include "pipeline/service/service.h"

#include <unistd.h>

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/flow/memory_prefaulter.h"
#include "pipeline/flow/permanent_error.h"
#include "pipeline/kafka/group.h"
#include "pipeline/kafka/lag.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kPingInterval = absl::Seconds(2);
constexpr absl::Duration kPingTimeout = absl::Seconds(2);
constexpr int kPingsPerLook = 3;  // for topics that were deleted
constexpr absl::Duration kQuietWait = absl::Seconds(2);
constexpr absl::Duration kBackoffMax = absl::Seconds(5);
constexpr absl::Duration kSessionGrace = absl::Seconds(5);

InstanceName NameFor(const PipelineOptions& options) {
  const bool derived = options.kafka.static_membership &&
                       options.kafka.group_instance_id.empty() &&
                       !options.source.alone;
  return derived ? InstanceName::Claim(options.group()) : InstanceName();
}

PipelineOptions WithName(PipelineOptions options, const InstanceName& name) {
  if (!name.text().empty()) options.kafka.group_instance_id = name.text();
  if (!options.kafka.static_membership) options.kafka.group_instance_id.clear();
  return options;
}

// The name of this process in its transactional ids. With static membership it
// is the same after a restart, so that the brokers end what the last life has
// left open at once, and not after the transaction timeout.
std::string InstanceOf(const PipelineOptions& options) {
  if (!options.kafka.group_instance_id.empty()) {
    return options.kafka.group_instance_id;
  }
  std::random_device device;
  return absl::StrCat(absl::Hex(device(), absl::kZeroPad8),
                      absl::Hex(device(), absl::kZeroPad8));
}

absl::Duration SessionTimeout(const PipelineOptions& options) {
  int64_t millis = 6'000;  // as the source has it
  const auto set = options.kafka.consumer.find("session.timeout.ms");
  if (set != options.kafka.consumer.end()) {
    (void)absl::SimpleAtoi(set->second, &millis);
  }
  return absl::Milliseconds(millis);
}

Supervisor::Options SupervisorOptionsOf(const PipelineOptions& options) {
  Supervisor::Options result;
  result.workers = options.workers;
  result.drain_timeout = options.drain_timeout;
  return result;
}

}  // namespace

// Asks every now and then whether a broker answers, whether all topics are still
// there, and whom the group waits for, on a thread of its own.
class Service::BrokerWatch {
 public:
  explicit BrokerWatch(Service* service)
      : topics_(service->topics_.get()),
        service_(service),
        thread_([this] { Watch(); }) {}
  ~BrokerWatch() {
    stop_.Notify();
    thread_.join();
  }
  BrokerWatch(const BrokerWatch&) = delete;
  BrokerWatch& operator=(const BrokerWatch&) = delete;

  bool reachable() const { return reachable_; }

 private:
  void Watch() {
    int pings = 0;
    while (!stop_.WaitForNotificationWithTimeout(kPingInterval)) {
      const absl::Status status = topics_->Ping(kPingTimeout);
      if (status.ok()) {
        if (++pings % kPingsPerLook == 0) service_->FindDeletedTopics();
        service_->TellWhatIsAwaited();
      }
      if (status.ok() == reachable_) continue;
      reachable_ = status.ok();
      if (reachable_) {
        LogInfo("brokers_back");
      } else {
        LogWarning("brokers_away", {{"reason", status.message()}});
      }
    }
  }

  KafkaTopics* const topics_;
  Service* const service_;
  std::atomic<bool> reachable_ = true;
  absl::Notification stop_;
  std::thread thread_;
};

Service::Service(const PipelineOptions& options, Chain* chain, Metrics* metrics,
                 Accounting* accounting, Tap* tap)
    : name_(NameFor(options)),
      options_(WithName(options, name_)),
      client_(ClientOptionsOf(options)),
      instance_(InstanceOf(options_)),
      chain_(chain),
      metrics_(metrics),
      accounting_(accounting),
      tap_(tap),
      members_(static_cast<size_t>(options.workers)),
      record_watch_(RecordWatch::Options(), metrics),
      supervisor_(
          SupervisorOptionsOf(options),
          [this](int index) { return MakeWorker(index); }, metrics) {
  // All families are there before the brokers are.
  Tracer::DeclareMetrics(*metrics);
  KafkaLag::Declare(*metrics);
  KafkaSightingLog::AppliedCounter(*metrics);
  KafkaSightingLog::RemainingGauge(*metrics);
  Worker::DeclareMetrics(*metrics);
  if (options.tracing.endpoint.empty()) return;
  TracerOptions tracing;
  tracing.endpoint = options.tracing.endpoint;
  tracing.sample = options.tracing.sample;
  tracing.service = options.application;
  tracing.instance = instance_;
  tracer_ = std::make_unique<Tracer>(tracing, metrics);
}

Service::~Service() {
  std::unique_ptr<BrokerWatch> watch;  // uses the members until it has ended
  absl::MutexLock lock(&mutex_);
  watch = std::move(watch_);
  watched_log_ = nullptr;
}

absl::Status Service::Run() {
  const MemoryPrefaulter prefaulter(chain_->replica());
  const absl::Status prepared = Prepare();
  if (absl::IsCancelled(prepared)) return absl::OkStatus();
  WD_RETURN_IF_ERROR(prepared);
  WD_RETURN_IF_ERROR(supervisor_.Run());
  return log_->status();
}

void Service::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  supervisor_.Stop();
}

absl::Status Service::Prepare() {
  WD_ASSIGN_OR_RETURN(topics_,
                      KafkaTopics::Make(client_, options_.create_topics));
  WD_RETURN_IF_ERROR(AwaitBrokers());
  {
    absl::MutexLock lock(&mutex_);  // ready() is asked already
    watch_ = std::make_unique<BrokerWatch>(this);
  }
  WD_RETURN_IF_ERROR(Persist([this] { return EnsureTopics(); }));
  return Persist([this] { return RestoreLog(); });
}

absl::Status Service::AwaitBrokers() {
  const absl::Status status =
      Persist([this] { return topics_->Ping(kPingTimeout); });
  const SaslMechanism mechanism = options_.kafka.sasl.mechanism;
  const bool scram = mechanism == SaslMechanism::kScramSha256 ||
                     mechanism == SaslMechanism::kScramSha512;
  if (!absl::IsUnauthenticated(status) || !scram || KafkaLibrarySpeaksScram()) {
    return status;
  }
  return absl::UnauthenticatedError(
      absl::StrCat(status.message(),
                   ". If the password is right: this program has librdkafka ",
                   KafkaLibraryVersion(),
                   ", and before 2.6.1 SCRAM does not work with Kafka 4"));
}

template <typename Step>
absl::Status Service::Persist(Step step) {
  absl::Duration backoff = absl::Milliseconds(100);
  bool told = false;
  while (true) {
    if (PauseOrStop(absl::ZeroDuration())) return absl::CancelledError();
    const absl::Status status = step();
    if (status.ok() || IsPermanent(status) || absl::IsCancelled(status)) {
      if (told && status.ok()) LogInfo("goes_on");
      return status;
    }
    if (!told) LogWarning("waits", {{"reason", status.message()}});
    told = true;
    if (PauseOrStop(backoff)) return absl::CancelledError();
    backoff = std::min(backoff * 2, kBackoffMax);
  }
}

bool Service::PauseOrStop(absl::Duration time) const {
  absl::MutexLock lock(&mutex_);
  return mutex_.AwaitWithTimeout(absl::Condition(&stopping_), time);
}

absl::Status Service::EnsureTopics() {
  for (const std::string& topic : options_.source.topics) {
    if (!topic.empty() && topic.front() == '^') continue;  // a pattern
    WD_RETURN_IF_ERROR(topics_->Ensure(topic, NewTopicsOf(options_)));
  }
  WD_RETURN_IF_ERROR(
      topics_->Ensure(options_.dead_letter.topic, NewTopicsOf(options_)));
  const std::string sightings = options_.sightings_topic();
  WD_RETURN_IF_ERROR(topics_->Ensure(sightings, SightingsTopicOf(options_)));
  WD_ASSIGN_OR_RETURN(const int partitions, topics_->PartitionCount(sightings));
  if (partitions == 1) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "topic ", sightings, " has ", partitions,
      " partitions, and the sighting log must have one, since it orders all "
      "sightings. Name another one with sightings.topic"));
}

absl::Status Service::RestoreLog() {
  KafkaSightingLogOptions options =
      SightingLogOptionsOf(options_, chain_->restore_window());
  options.metrics = metrics_;
  options.instance = instance_;
  options.running = [this] { return chain_->processing(); };
  WD_ASSIGN_OR_RETURN(
      log_, KafkaSightingLog::Open(client_, options, chain_->replica()));
  {
    absl::MutexLock lock(&mutex_);
    watched_log_ = log_.get();
  }
  while (!log_->restored()) {
    WD_RETURN_IF_ERROR(log_->status());
    if (PauseOrStop(absl::Milliseconds(5))) return absl::CancelledError();
  }
  absl::MutexLock lock(&mutex_);
  restored_ = true;
  return absl::OkStatus();
}

// A topic that was deleted while records flow is made again, where that is
// allowed; else the worker waits until somebody has made it, with the
// supervisor's pauses.
absl::Status Service::RecreateTopics() {
  for (const std::string& topic : topics_->missing()) {
    if (topic == options_.sightings_topic()) continue;  // its reader fails
    const absl::Status status = topics_->Ensure(topic, NewTopicsOf(options_));
    if (absl::IsNotFound(status)) {
      return absl::UnavailableError(status.message());
    }
    WD_RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

// On the watch's thread: what no worker may notice while no records come.
void Service::FindDeletedTopics() {
  topics_->FindDeleted();
  const std::vector<std::string> missing = topics_->missing();
  if (std::count(missing.begin(), missing.end(), options_.sightings_topic())) {
    {
      absl::MutexLock lock(&mutex_);
      if (!restored_) return;  // the start finds out itself
    }
    log_->Lose();
    supervisor_.Stop();
    return;
  }
  const absl::Status status = RecreateTopics();
  if (!status.ok() && status.message() != missing_told_) {
    LogWarning("waits", {{"reason", status.message()}});
  }
  missing_told_ = std::string(status.message());
}

// A group that rebalances waits for members that do not answer, and nothing of
// that is seen here otherwise.
void Service::TellWhatIsAwaited() {
  const bool waits =
      supervisor_.running() > 0 &&
      std::any_of(members_.begin(), members_.end(),
                  [](const Member& member) { return !member.assigned.load(); });
  const absl::Time now = absl::Now();
  if (!waits) {
    unassigned_since_ = absl::InfiniteFuture();
    awaited_.clear();
    return;
  }
  unassigned_since_ = std::min(unassigned_since_, now);
  if (now - unassigned_since_ < kQuietWait) return;
  const absl::StatusOr<GroupView> group =
      DescribeGroup(client_, options_.group());
  if (!group.ok()) return;  // the workers tell of it
  std::vector<std::string> members;
  for (const GroupView::Member& member : group->members) {
    members.push_back(absl::StrCat(
        member.instance_id.empty() ? member.client_id : member.instance_id,
        " at ", absl::StripPrefix(member.host, "/")));
  }
  const std::string awaited =
      absl::StrCat(group->state, ": ", absl::StrJoin(members, ", "));
  if (awaited == awaited_) return;
  awaited_ = awaited;
  LogInfo("waits_for_partitions",
          {{"group", options_.group()},
           {"state", group->state},
           {"members", absl::StrJoin(members, ", ")},
           {"reason",
            absl::StrCat("the group waits for members that do not answer until "
                         "their sessions end, ",
                         absl::FormatDuration(SessionTimeout(options_)))}});
}

absl::StatusOr<std::unique_ptr<Worker>> Service::MakeWorker(int index) {
  WD_RETURN_IF_ERROR(RecreateTopics());
  KafkaSourceOptions source_options = SourceOptionsOf(options_, index);
  source_options.metrics = metrics_;
  Member& member = members_[static_cast<size_t>(index)];
  source_options.assigned = &member.assigned;
  source_options.fenced = &member.fenced;
  source_options.memory = &attempt_memory_;
  source_options.topic_watch = topics_.get();
  const KafkaSinkOptions sink_options =
      SinkOptionsOf(options_, instance_, index);
  if (sink_options.exactly_once) {
    source_options.transactional_id = sink_options.transactional_id;
  }
  WD_RETURN_IF_ERROR(AwaitName(source_options.group_instance_id, member));
  // The source asks for its position in its first Poll. By then the sink has
  // ended the transaction that an earlier life may have left open.
  WD_ASSIGN_OR_RETURN(std::unique_ptr<KafkaSource> source,
                      KafkaSource::Make(client_, source_options));
  Worker::Parts parts;
  for (int lane = 0; lane < options_.batch.in_flight; ++lane) {
    parts.lanes.push_back(chain_->MakeStages(log_.get()));
  }
  parts.chain = chain_;
  parts.log = log_.get();
  WD_ASSIGN_OR_RETURN(
      std::unique_ptr<KafkaSink> sink,
      KafkaSink::Make(client_, sink_options, parts.lanes.front().processing,
                      source.get(), topics_.get()));
  parts.source = std::move(source);
  parts.sink = std::move(sink);
  parts.accounting = accounting_;
  parts.metrics = metrics_;
  parts.tap = tap_;
  parts.tracer = tracer_.get();
  parts.watch = &record_watch_;
  Worker::Options worker;
  worker.batch = {options_.batch.records_max, options_.batch.bytes_max,
                  options_.limits.record_cpu_max};
  worker.batch_wait = options_.batch.time_max;
  return std::make_unique<Worker>(worker, std::move(parts));
}

// A fenced member must not simply join again: it would fence the one that has
// taken its place, and so on for ever. But that one may be dead, or be an
// earlier life of this very process, if a broker crashed and has forgotten who
// came last. Then its session ends, and the name is free.
absl::Status Service::AwaitName(const std::string& name, Member& member) const {
  if (!member.fenced) return absl::OkStatus();
  const absl::Time now = absl::Now();
  member.fenced_since = std::min(member.fenced_since, now);
  WD_ASSIGN_OR_RETURN(const GroupView group,
                      DescribeGroup(client_, options_.group()));
  if (!HasStaticMember(group, name)) {
    LogInfo("member_name_free", {{"name", name}});
    member.fenced = false;
    member.fenced_since = absl::InfiniteFuture();
    return absl::OkStatus();
  }
  if (now - member.fenced_since < SessionTimeout(options_) + kSessionGrace) {
    return absl::UnavailableError(
        absl::StrCat("group ", options_.group(), " has another member \"", name,
                     "\": waits whether its session ends"));
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "another process has taken the place of \"", name, "\" in group ",
      options_.group(),
      "; give each instance a kafka.group_instance_id of its own"));
}

std::vector<ReadyCondition> Service::ready() const {
  std::vector<ReadyCondition> conditions;
  absl::MutexLock lock(&mutex_);
  const bool reachable = watch_ != nullptr && watch_->reachable();
  conditions.push_back(
      {"brokers", reachable, reachable ? "" : "no broker answers"});
  const std::vector<std::string> gone =
      watch_ == nullptr ? std::vector<std::string>() : topics_->missing();
  conditions.push_back(
      {"topics", gone.empty(),
       gone.empty()
           ? ""
           : absl::StrCat(absl::StrJoin(gone, ", "),
                          gone.size() == 1 ? " was" : " were", " deleted")});
  std::string detail;
  const absl::Status log =
      watched_log_ == nullptr ? absl::OkStatus() : watched_log_->status();
  if (!log.ok()) {
    detail = std::string(log.message());
  } else if (!restored_ && watched_log_ != nullptr) {
    detail = absl::StrCat(watched_log_->progress().remaining,
                          " entries of the sighting log to read");
  }
  conditions.push_back({"restored", restored_ && log.ok(), detail});
  const auto assigned = std::count_if(
      members_.begin(), members_.end(),
      [](const Member& member) { return member.assigned.load(); });
  conditions.push_back(
      {"assigned", assigned == static_cast<int64_t>(members_.size()),
       absl::StrCat(assigned, " of ", members_.size(), " workers")});
  return conditions;
}

absl::Status Service::healthy() const {
  absl::MutexLock lock(&mutex_);
  return watched_log_ == nullptr ? absl::OkStatus() : watched_log_->status();
}

}  // namespace wiredesk
