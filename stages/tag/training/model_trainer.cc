// An averaged perceptron (Collins 2002, "Discriminative training methods for
// hidden Markov models"; the averaging is Freund and Schapire's, 1999).
//
// The examples are gone through several times, each time in another order. An
// example that is guessed wrong adds one to the weights of its features for
// the right type and takes one from those for the type that was guessed; one
// that is guessed right changes nothing. The weights of the file are the mean
// of all that there were on the way, each as long as it lived, since the last
// ones fit the last examples best. Instead of adding up all weights after each
// example, a correction is also added times the number of the example to a
// second table: mean = last - second / examples seen.
//
// Departs from Collins in that a name is an example of its own, not a tag in a
// sequence: where a name begins and ends was found before.
//
// The sums of a perceptron are not probabilities. A scale that makes them ones
// (Platt 1999) is found on every tenth text, which a first perceptron has
// not seen; then all are learned from. Tested by name_model_test.cc.

#include "stages/tag/training/model_trainer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

namespace wiredesk {
namespace {

using Sums = std::array<double, kModelTypes>;

// Every n-th text tells how far a sum may be trusted.
constexpr size_t kHeldBack = 10;
constexpr double kWeightMax = 32767;

class Perceptron {
 public:
  explicit Perceptron(uint32_t bits)
      : shift_(32 - static_cast<int>(bits)),
        last_(size_t{1} << bits),
        second_(size_t{1} << bits) {}

  // One example; false where it was guessed wrong.
  bool Learn(const NameExample& example) {
    ++seen_;
    const Sums sums = SumsOf(last_, example);
    const auto guess = static_cast<size_t>(
        std::max_element(sums.begin(), sums.end()) - sums.begin());
    const auto right = static_cast<size_t>(example.type);
    if (guess == right) return true;
    for (const uint32_t feature : example.features) {
      const size_t at = feature >> shift_;
      last_[at][right] += 1;
      last_[at][guess] -= 1;
      second_[at][right] += seen_;
      second_[at][guess] -= seen_;
    }
    return false;
  }

  // Replaces the last weights by the mean ones.
  void Average() {
    for (size_t i = 0; i < last_.size(); ++i) {
      for (size_t t = 0; t < kModelTypes; ++t) {
        last_[i][t] -= second_[i][t] / (seen_ + 1);
      }
    }
  }

  Sums SumsOf(const NameExample& example) const {
    return SumsOf(last_, example);
  }
  const std::vector<Sums>& weights() const { return last_; }

 private:
  Sums SumsOf(const std::vector<Sums>& table,
              const NameExample& example) const {
    Sums sums = {};
    for (const uint32_t feature : example.features) {
      for (size_t t = 0; t < kModelTypes; ++t) {
        sums[t] += table[feature >> shift_][t];
      }
    }
    return sums;
  }

  int shift_;
  double seen_ = 0;
  std::vector<Sums> last_;
  std::vector<Sums> second_;
};

Perceptron Train(const std::vector<const NameExample*>& examples,
                 const NameTrainingOptions& options, bool tell) {
  constexpr unsigned kSeed = 2002;
  Perceptron perceptron(options.bits);
  std::mt19937 random(kSeed);
  std::vector<size_t> order(examples.size());
  std::iota(order.begin(), order.end(), size_t{0});
  for (int round = 1; round <= options.rounds; ++round) {
    // std::shuffle may differ from library to library.
    for (size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[random() % i]);
    }
    size_t wrong = 0;
    for (const size_t i : order) {
      if (!perceptron.Learn(*examples[i])) ++wrong;
    }
    if (tell && options.progress) options.progress(round, wrong);
  }
  perceptron.Average();
  return perceptron;
}

// How badly probabilities of this scale foretell the types.
double LossOf(const Perceptron& perceptron,
              const std::vector<const NameExample*>& examples, double scale) {
  double loss = 0;
  for (const NameExample* example : examples) {
    const Sums sums = perceptron.SumsOf(*example);
    const double best = *std::max_element(sums.begin(), sums.end());
    double total = 0;
    for (const double sum : sums) total += std::exp((sum - best) * scale);
    const double own = sums[static_cast<size_t>(example->type)];
    loss += std::log(total) - (own - best) * scale;
  }
  return loss;
}

double FindScale(absl::Span<const NameExample> examples,
                 const NameTrainingOptions& options) {
  constexpr double kStep = 1.15;
  std::vector<const NameExample*> seen;
  std::vector<const NameExample*> unseen;
  for (const NameExample& example : examples) {
    (example.text % kHeldBack == 0 ? unseen : seen).push_back(&example);
  }
  // Of a single text, what was learned from must do.
  if (seen.empty() || unseen.empty()) {
    for (const NameExample& example : examples) unseen.push_back(&example);
    seen = unseen;
  }
  const Perceptron perceptron = Train(seen, options, /*tell=*/false);
  double best = 1e-4;
  double least = LossOf(perceptron, unseen, best);
  for (double scale = best * kStep; scale < 10; scale *= kStep) {
    const double loss = LossOf(perceptron, unseen, scale);
    if (loss < least) {
      least = loss;
      best = scale;
    }
  }
  return best;
}

}  // namespace

std::string TrainNameModel(absl::Span<const NameExample> examples,
                           const NameTrainingOptions& options) {
  const double scale = FindScale(examples, options);
  std::vector<const NameExample*> all;
  for (const NameExample& example : examples) all.push_back(&example);
  const Perceptron perceptron = Train(all, options, /*tell=*/true);
  double most = 0;
  for (const Sums& weights : perceptron.weights()) {
    for (const double weight : weights) {
      most = std::max(most, std::abs(weight));
    }
  }
  const double unit = most > 0 ? kWeightMax / most : 1;
  std::vector<ModelWeights> table;
  table.reserve(perceptron.weights().size());
  for (const Sums& weights : perceptron.weights()) {
    ModelWeights& rounded = table.emplace_back();
    for (size_t t = 0; t < kModelTypes; ++t) {
      rounded[t] = static_cast<int16_t>(std::lround(weights[t] * unit));
    }
  }
  return NameModel::ToBytes(table, static_cast<float>(scale / unit),
                            static_cast<uint32_t>(examples.size()));
}

}  // namespace wiredesk
