package lazaret.mirror.server;

import java.util.Locale;
import lazaret.vetting.Bytes;

/// A writer of metrics in the text format of Prometheus, version 0.0.4. Not thread-safe.
final class PrometheusText {
  private final StringBuilder out = new StringBuilder(8_192);
  private String begun = "";

  /// Writes one sample.
  ///
  /// @param labels the values of its labels, in the order of the table
  PrometheusText sample(Metric metric, long value, String... labels) {
    begin(metric);
    return line(metric.name(), metric, "", Long.toString(value), labels);
  }

  /// Writes a histogram.
  PrometheusText histogram(Metric metric, HttpCounters.PerRoute meters, String label) {
    begin(metric);
    for (int i = 0; i < HttpCounters.BOUNDS.size(); i++) {
      String bound = number(HttpCounters.BOUNDS.get(i).toNanos() / 1e9);
      line(
          metric.name() + "_bucket",
          metric,
          ",le=\"" + bound + "\"",
          Long.toString(meters.within(i)),
          label);
    }
    String all = Long.toString(meters.within(HttpCounters.BOUNDS.size()));
    line(metric.name() + "_bucket", metric, ",le=\"+Inf\"", all, label);
    line(metric.name() + "_sum", metric, "", number(meters.seconds()), label);
    return line(metric.name() + "_count", metric, "", all, label);
  }

  private void begin(Metric metric) {
    if (!begun.equals(metric.name())) {
      begun = metric.name();
      out.append("# HELP ").append(begun).append(' ').append(metric.help()).append('\n');
      out.append("# TYPE ").append(begun).append(' ').append(metric.type()).append('\n');
    }
  }

  private PrometheusText line(
      String name, Metric metric, String more, String value, String... labels) {
    if (labels.length != metric.labels().size()) {
      throw new IllegalArgumentException(metric + " with " + labels.length + " labels");
    }
    out.append(name);
    if (labels.length > 0) {
      out.append('{');
      for (int i = 0; i < labels.length; i++) {
        out.append(i == 0 ? "" : ",").append(metric.labels().get(i)).append("=\"");
        out.append(escape(labels[i])).append('"');
      }
      out.append(more).append('}');
    }
    out.append(' ').append(value).append('\n');
    return this;
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value).replaceAll("\\.?0+$", "");
  }

  Bytes text() {
    return Bytes.utf8(out.toString());
  }
}
