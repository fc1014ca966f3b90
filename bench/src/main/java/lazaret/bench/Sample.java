package lazaret.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import lazaret.bench.speed.RowSummary;

/// The measurements of one round of load on one server, or the medians of several.
///
/// @param perSecond requests per second
/// @param p99Millis latency that one request in a hundred exceeds, in milliseconds
/// @param cpuMicros processor time of the server per request, in microseconds
/// @param failures number of responses other than 2xx and 304, and of broken connections
record Sample(double perSecond, double p99Millis, double cpuMicros, long failures) {
  static Sample median(List<Sample> samples) {
    return new Sample(
        middle(samples, Sample::perSecond),
        middle(samples, Sample::p99Millis),
        middle(samples, Sample::cpuMicros),
        samples.stream().mapToLong(Sample::failures).sum());
  }

  private static double middle(List<Sample> samples, ToDoubleFunction<Sample> part) {
    return median(samples.stream().mapToDouble(part).toArray());
  }

  static double median(double[] values) {
    return RowSummary.median(values);
  }
}
