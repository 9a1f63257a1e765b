// The edges of the pipeline. Kafka and files are behind these two interfaces,
// and tests put a fake on each side.

#ifndef WIREDESK_PIPELINE_FLOW_IO_H_
#define WIREDESK_PIPELINE_FLOW_IO_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_json.h"

namespace wiredesk {

// Where raw records come from. Used by one lane of a worker at a time.
class Source {
 public:
  virtual ~Source() = default;

  // Appends records until `batch` is full or `timeout` has passed since the
  // first of them. An empty batch is not an error. Partitions are assigned and
  // revoked only in here. Batches that were polled before may be in flight
  // then: see Batch::assignment.
  // OutOfRange: the input has ended (files only).
  virtual absl::Status Poll(absl::Duration timeout, Batch& batch) = 0;

  // Goes back to the committed position of every partition that is assigned, so
  // that what was polled and not delivered is polled again.
  virtual absl::Status Rewind() = 0;

  // The stages are through with `batch`; whether it can be delivered is open. A
  // lane calls this while another one may poll.
  virtual void OnProcessed(const Batch& /*batch*/) {}

  // `drain` returns when no batch that was polled before is in flight any
  // more, or when one of them has failed. A source may call it inside of Poll,
  // before it gives partitions up; a batch that is in flight when they are gone
  // is read again by their new owner. Empty: there are no such batches.
  virtual void set_drain(const std::function<void()>& /*drain*/) {}
};

// Where event records and dead letters go. Used by one lane of a worker at a
// time, while another one may use the source.
class Sink {
 public:
  virtual ~Sink() = default;

  // Publishes the live records of `batch` to their destinations, its dead
  // letters to the dead-letter topic, and commits its positions: all of it or,
  // with exactly_once, nothing. OK means that the brokers have it.
  // Aborted: nothing was delivered and the sink is ready for the next call;
  // the caller rewinds its source and goes on. Any other error: the outcome is
  // unknown or the sink is unusable, and the worker must be recreated.
  virtual absl::Status Deliver(Batch& batch) = 0;

  // What the records of the next batches say of their making. Called between
  // batches, when the stages are of another configuration.
  virtual void set_processing(const Processing& /*processing*/) {}
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_IO_H_
