package lazaret.cli.lockfile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.sbom.DeskSbomSource;
import lazaret.sbom.SbomContext;
import lazaret.sbom.SbomDocument;
import lazaret.sbom.SbomPackage;
import lazaret.sbom.SbomSource;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.files.PublicFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.desk.api.AdvisoryInfos;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.progress.ProgressLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The command `sbom`, which writes the packages of a lockfile with their verdicts as CycloneDX.
public final class SbomVerb extends Verb {
  private final PositionalParamSpec file =
      PositionalParamSpec.builder()
          .paramLabel("LOCKFILE")
          .arity("0..1")
          .type(Path.class)
          .description("Lockfile, or - for standard input. Default: Cargo.lock.")
          .build();

  private final OptionSpec output =
      OptionSpec.builder("--output")
          .paramLabel("FILE")
          .type(Path.class)
          .description("Write the document to this file, as a whole or not at all.")
          .build();

  private final OptionSpec timestamp =
      OptionSpec.builder("--timestamp")
          .paramLabel("TIME")
          .type(String.class)
          .description(
              "Time that the document states, such as 2027-01-31T12:00:00Z. Default: that of"
                  + " SOURCE_DATE_EPOCH, else none.")
          .build();

  private final LockfileCheckOptions checks = new LockfileCheckOptions();

  public SbomVerb(CliSession session) {
    super(session);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    spec.name("sbom").addPositional(file).addOption(output).addOption(timestamp);
    checks.addTo(spec);
    spec.usageMessage()
        .header("Print an SBOM of a lockfile with the verdicts")
        .description(
            "",
            "The document is CycloneDX 1.6 in JSON: each package with its checksum, license and"
                + " verdict, the graph of the packages, and the advisories with their state (VEX)."
                + " It is made for every verdict; the exit code is that of 'verify'.",
            "",
            "Equal content gives equal bytes. The document states a time only if one is given.")
        .footer(
            "Examples:",
            "  vetting-cli sbom > sbom.cdx.json",
            "  vetting-cli sbom app/Cargo.lock --output app.cdx.json",
            "  vetting-cli sbom --timestamp 2027-01-31T12:00:00Z",
            "  vetting-cli sbom --feed advisory-db.tar.gz",
            "  vetting-cli sbom | jq '.vulnerabilities[] | {id, state: .analysis.state}'")
        .exitCodeList(
            UsageMessageSpec.keyValuesMap(
                "0:success, all packages would be served",
                "1:success, a package is withheld, or lacks audits for the criteria",
                "2:missing or unreadable lockfile, or output not writable",
                "3:gate unavailable; or success, upstream unavailable",
                "4:success, a checksum in the lockfile differs from the index",
                "5:success, a package is unknown to the gate, or bypasses it",
                "6:success, a package is withheld because the advisories are too old"));
    return spec;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public ExitCode run() {
    Instant stated =
        SbomContext.timestamp(
            timestamp.getValue(),
            session().around().environment().getOrDefault("SOURCE_DATE_EPOCH", ""));
    Path named = file.getValue();
    LockfileText text = LockfileText.read(session(), named == null ? Path.of("Cargo.lock") : named);
    Lockfile lockfile = text.parse("cannot describe");
    VerifyReport report = checks.report(session(), List.of(text), true);
    SbomContext context =
        new SbomContext(
            session().around().version(),
            report.against(),
            report.unchecked(),
            report.warnings(),
            stated);
    SbomDocument document = document(lockfile, report, context);
    write(document, report);
    FeedWarnings.note(terminal(), report.warnings());
    long refused = report.packages().stream().filter(p -> !p.passes()).count();
    if (refused > 0) {
      terminal()
          .note(
              "%d of %d packages do not pass; 'vetting-cli verify' lists them with the next steps"
                  .formatted(refused, report.packages().size()));
    }
    return report.exitCode();
  }

  private SbomDocument document(Lockfile lockfile, VerifyReport report, SbomContext context) {
    AdvisorySet feeds = checks.advisories(session());
    List<SbomPackage> packages = report.packages().stream().map(SbomVerb::checked).toList();
    try (ProgressLine progress = session().progress("collecting licenses and decisions")) {
      progress.begin(
          "packages", lockfile.packages().stream().filter(LockedPackage::fromCratesIo).count(), "");
      SbomSource source =
          feeds == null
              ? new DeskSbomSource(desk(), session().around().pause()::of, progress::step)
              : id -> feeds.find(id).stream().map(AdvisoryInfos::advisory).toList();
      SbomDocument document = new SbomDocument(lockfile, packages, source, context);
      progress.complete();
      return document;
    }
  }

  private static SbomPackage checked(PackageResult result) {
    return new SbomPackage(
        result.name(),
        result.version(),
        result.entry().source(),
        result.status().code(),
        result.passes(),
        result.detail(),
        result.reasons(),
        result.repair().replacement());
  }

  private void write(SbomDocument document, VerifyReport report) {
    Path named = output.getValue();
    if (named == null) {
      terminal().document(document.text());
      return;
    }
    Path whole = session().around().path(named).toAbsolutePath();
    try {
      PublicFiles.write(
          whole,
          Bytes.utf8(document.text()),
          Objects.requireNonNullElse(whole.getParent(), Path.of("/")));
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot write '%s': %s; check that the folder exists and is writable"
              .formatted(named, PrivateFiles.describe(e)),
          e);
    }
    if (session().json()) {
      terminal()
          .json(
              new Written(
                  named.toString(),
                  document.components(),
                  document.vulnerabilities(),
                  report.passes()));
    }
  }

  /// The JSON of a document in a file.
  ///
  /// @param output the file as the user named it
  /// @param components the number of components
  /// @param vulnerabilities the number of advisories with different statements
  /// @param passes whether all packages pass
  private record Written(String output, int components, int vulnerabilities, boolean passes) {}
}
