package lazaret.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// The results of a run as documents. They have neither names nor times, so that two runs of one
/// registry give equal documents.
///
/// @param results the results
public record ConformanceReport(List<CaseResult> results) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /// Copies the list.
  public ConformanceReport {
    results = List.copyOf(results);
  }

  /// Returns the number of results of a kind.
  public long count(CaseResult.Kind kind) {
    return results.stream().filter(each -> each.kind() == kind).count();
  }

  /// Returns one line about the run.
  public String summary() {
    return "%d passed, %d failed, %d not declared"
        .formatted(
            count(CaseResult.Kind.PASSED),
            count(CaseResult.Kind.FAILED),
            count(CaseResult.Kind.NOT_DECLARED));
  }

  /// Returns the results as a table of Markdown.
  public String table() {
    StringBuilder table =
        new StringBuilder("| case | rule | source | result |\n|---|---|---|---|\n");
    for (CaseResult each : results) {
      table.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  each.tested().id(),
                  cell(each.tested().sentence()),
                  cell(each.tested().source()),
                  each.kind().words()));
    }
    return table.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  /// Returns the results as a JSON document, with what failed.
  public String json() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(out).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeArrayFieldStart("cases");
      for (CaseResult each : results) {
        json.writeStartObject();
        json.writeStringField("case", each.tested().id());
        json.writeStringField("rule", each.tested().sentence());
        json.writeStringField("source", each.tested().source());
        json.writeStringField("result", each.kind().words());
        if (each.kind() == CaseResult.Kind.FAILED) {
          json.writeStringField("expected", each.expected());
          json.writeStringField("found", each.found());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out + "\n";
  }
}
