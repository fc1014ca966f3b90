package lazaret.cli.lockfile;

import java.util.List;
import java.util.Locale;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.text.Printable;

/// The findings as JUnit XML, which CI services show: a suite per lockfile and a case per package.
/// The text is ASCII, because the reader may assume any encoding of standard output.
///
/// Source: the form that Maven Surefire writes and GitLab's *unit test reports* document; there is
/// no standard.
public final class JunitReport {
  private final StringBuilder xml = new StringBuilder();

  private JunitReport() {}

  /// Returns the text of a report.
  public static String text(VerifyReport report) {
    return new JunitReport().suites(report);
  }

  private String suites(VerifyReport report) {
    xml.append(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"vetting-cli verify\"");
    counts(report.packages());
    xml.append(">\n");
    for (String lockfile : report.lockfiles()) {
      suite(report, lockfile);
    }
    return xml.append("</testsuites>\n").toString();
  }

  private void suite(VerifyReport report, String lockfile) {
    List<PackageResult> packages = report.packages(lockfile);
    xml.append("  <testsuite");
    attribute("name", lockfile);
    counts(packages);
    xml.append(">\n");
    packages.forEach(line -> testcase(line));
    StringBuilder notes = new StringBuilder();
    report
        .warnings()
        .forEach(w -> notes.append("warning: ").append(VerdictText.reason(w)).append('\n'));
    report.unchecked().forEach(u -> notes.append("not checked: ").append(u).append('\n'));
    if (!notes.isEmpty()) {
      element("    ", "system-out", notes.toString());
    }
    xml.append("  </testsuite>\n");
  }

  private void counts(List<PackageResult> packages) {
    long errors = packages.stream().filter(JunitReport::isError).count();
    long failures = packages.stream().filter(p -> !p.passes()).count() - errors;
    attribute("tests", String.valueOf(packages.size()));
    attribute("failures", String.valueOf(failures));
    attribute("errors", String.valueOf(errors));
  }

  /// Returns whether a case is an error. An error is a case without a verdict, a failure is a
  /// refusal.
  private static boolean isError(PackageResult line) {
    return line.exitCode() == ExitCode.UNAVAILABLE;
  }

  private void testcase(PackageResult line) {
    xml.append("    <testcase");
    attribute("name", line.name() + " " + line.version());
    attribute("classname", line.lockfile());
    attribute("file", line.lockfile());
    if (line.location() > 0) {
      attribute("line", String.valueOf(line.location()));
    }
    List<ReasonInfo> warnings = line.warnings();
    if (line.passes() && warnings.isEmpty()) {
      xml.append("/>\n");
      return;
    }
    xml.append(">\n");
    if (line.passes()) {
      element("      ", "system-out", String.join("\n", line.warnings(warnings)));
    } else {
      failure(line);
    }
    xml.append("    </testcase>\n");
  }

  private void failure(PackageResult line) {
    String tag = isError(line) ? "error" : "failure";
    xml.append("      <").append(tag);
    attribute("type", line.code());
    attribute("message", line.status().code() + ": " + line.detail());
    xml.append('>');
    escaped(line.why() + line.fix().map(f -> "\nfix: " + f).orElse(""), true);
    xml.append("</").append(tag).append(">\n");
  }

  private void element(String indent, String tag, String text) {
    xml.append(indent).append('<').append(tag).append('>');
    escaped(text, true);
    xml.append("</").append(tag).append(">\n");
  }

  private void attribute(String name, String value) {
    xml.append(' ').append(name).append("=\"");
    escaped(value, false);
    xml.append('"');
  }

  /// Appends escaped text. Characters that XML 1.0 forbids even as references (section 2.2: most
  /// control characters) and characters that hide text from a reader are replaced first.
  private void escaped(String text, boolean lines) {
    String[] parts = lines ? text.split("\n", -1) : new String[] {text};
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        xml.append('\n');
      }
      Printable.line(parts[i]).codePoints().forEach(this::escaped);
    }
  }

  private void escaped(int c) {
    switch (c) {
      case '&' -> xml.append("&amp;");
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '"' -> xml.append("&quot;");
      case '\'' -> xml.append("&apos;");
      default -> {
        if (c < 0x7f) {
          xml.append((char) c);
        } else {
          xml.append(String.format(Locale.ROOT, "&#x%x;", c));
        }
      }
    }
  }
}
