package lazaret.documentation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.detonation.DetonationClient;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DocumentationOutcome;
import lazaret.detonation.DocumentationReport;
import lazaret.documentation.page.PageType;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFile;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The build of documentation, from the order to the sandbox to its row. One runs at a time.
/// Thread-safe; blocks.
final class DocumentationBuilder {
  private static final System.Logger LOG = System.getLogger(DocumentationBuilder.class.getName());

  private static final String ZIP = "application/zip";

  /// The beginning of the paths of files that pages of several versions have.
  static final String SHARED = "shared/";

  private final GateContext parts;
  private final SiteFileService files;
  private final Path scratch;
  private final @Nullable DetonationClient sandbox;
  private final ReentrantLock building = new ReentrantLock();

  DocumentationBuilder(
      GateContext parts, SiteFileService files, Path scratch, @Nullable DetonationClient sandbox) {
    this.parts = parts;
    this.files = files;
    this.scratch = scratch;
    this.sandbox = sandbox;
  }

  /// Builds the documentation of a version that is served.
  ///
  /// @param by the person or program that ordered it
  /// @throws ProblemException if its bytes are not stored, or the sandbox cannot build
  /// @throws IOException if the disk fails
  DocumentationRow build(CrateId id, String by) throws IOException {
    DetonationClient client = sandbox;
    if (client == null) {
      throw new ProblemException(
          ErrorCode.CONFIG_INVALID,
          "cannot build documentation: expected a sandbox service, found none; set"
              + " 'detonation.socket'");
    }
    if (!building.tryLock()) {
      throw new ProblemException(
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot build documentation: expected no other build, found one; try again later");
    }
    try {
      return build(client, id, stored(id), by);
    } finally {
      building.unlock();
    }
  }

  private Bytes stored(CrateId id) {
    return parts.store().artifact(id.cksum()).orElseThrow(() -> missing(id));
  }

  private static ProblemException missing(CrateId id) {
    return new ProblemException(
        ErrorCode.BYTES_MISSING,
        "cannot build the documentation of %s %s: expected a stored archive, found"
                .formatted(id.name(), id.version())
            + " none; fetch it with 'vetting-cli prefetch'");
  }

  private DocumentationRow build(DetonationClient client, CrateId id, Bytes crate, String by)
      throws IOException {
    Files.createDirectories(scratch);
    Path received = Files.createTempFile(scratch, "pages", "");
    try {
      DocumentationOutcome outcome;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(received))) {
        outcome = client.document(new DetonationOrder(id.name(), id.version(), crate), out);
      }
      return switch (outcome) {
        case DocumentationOutcome.Documented(var report, _) -> keep(id, report, received, by);
        case DocumentationOutcome.Refused(ErrorCode code, String detail)
            when code == ErrorCode.REFUSED_BY_POLICY ->
            // The version cannot be built. Without a record it would be tried before all others.
            record(
                DocumentationRow.failed(id, parts.clock().instant(), "", printable(detail)),
                List.of(),
                by);
        case DocumentationOutcome.Refused(ErrorCode code, String detail) ->
            throw new ProblemException(code, detail);
      };
    } finally {
      Files.deleteIfExists(received);
    }
  }

  private DocumentationRow keep(CrateId id, DocumentationReport report, Path received, String by)
      throws IOException {
    Instant now = parts.clock().instant();
    String toolchain = Excerpt.of(report.toolchain());
    String denied =
        report.traces().stream().map(trace -> Excerpt.of(trace.what())).findFirst().orElse("");
    if (!denied.isEmpty()) {
      return record(
          DocumentationRow.failed(id, now, toolchain, "the sandbox denied: " + denied),
          List.of(),
          by);
    }
    if (!report.isBuilt()) {
      return record(
          DocumentationRow.failed(
              id, now, toolchain, printable(report.ending() + "\n" + report.output())),
          List.of(),
          by);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(received))) {
      PageArchiveWriter.Written written =
          PageArchiveWriter.write(id.name(), in, files.files(), file -> stays(file, now));
      return record(
          DocumentationRow.built(id, now, toolchain, written), rows(id, written, now, by), by);
    } catch (MalformedException e) {
      return record(
          DocumentationRow.failed(id, now, toolchain, String.valueOf(e.getMessage())),
          List.of(),
          by);
    }
  }

  /// Returns text of a build with only the characters that print, line by line.
  private static String printable(String text) {
    int from = Math.max(0, text.length() - DocumentationReport.MAX_OUTPUT);
    return text.substring(from)
        .lines()
        .map(line -> line.replaceAll("[^ -~]", "?"))
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }

  /// Returns whether a stored file stays until the row of a build names it.
  private boolean stays(SiteFile file, Instant now) {
    return SiteFileService.isRecent(file, now)
        || files.find(SiteFileCollection.DOCUMENTATION, SHARED + file.sha256().hex()).isPresent();
  }

  private static List<SiteFileRow> rows(
      CrateId id, PageArchiveWriter.Written written, Instant now, String by) {
    List<SiteFileRow> rows = new ArrayList<>();
    rows.add(
        new SiteFileRow(
            SiteFileCollection.DOCUMENTATION,
            path(id),
            written.archive(),
            written.length(),
            ZIP,
            now,
            by,
            SiteFileRow.BUILT,
            id.name() + " " + id.version()));
    for (SharedPage shared : written.shared()) {
      rows.add(
          new SiteFileRow(
              SiteFileCollection.DOCUMENTATION,
              SHARED + shared.sha256().hex(),
              shared.sha256(),
              shared.length(),
              PageType.of(shared.path()).orElseThrow().mediaType(),
              now,
              by,
              SiteFileRow.BUILT,
              null));
    }
    return rows;
  }

  /// Returns the path of the archive of pages among the files of the site.
  static String path(CrateId id) {
    return "pages/" + id.name().collisionKey() + "/" + id.version().text() + ".zip";
  }

  /// Returns the row of a version, or empty if its documentation was not built.
  Optional<DocumentationRow> find(CrateName name, CrateVersion version) {
    return parts
        .store()
        .deskRows()
        .find(DeskTable.DOCUMENTATION, DocumentationRow.key(name, version))
        .map(DocumentationRow::decode);
  }

  /// Stores the row of a build.
  ///
  /// @throws ProblemException if the archive was removed during the build: the documentation of a
  ///   deleted version, which is removed after the archive, would stay
  private DocumentationRow record(DocumentationRow row, List<SiteFileRow> own, String by) {
    String detail =
        row.failure() == null
            ? "documentation of %d pages was built".formatted(row.pages())
            : "documentation was not built: " + row.failure().lines().findFirst().orElse("");
    DocumentationRow recorded =
        parts
            .store()
            .serially(
                WriteScope.SITE,
                () -> {
                  if (!parts.store().hasArtifact(row.id().cksum())) {
                    throw missing(row.id());
                  }
                  List<Write> writes = new ArrayList<>();
                  find(row.id().name(), row.id().version())
                      .ifPresent(former -> writes.addAll(drops(former, row.files())));
                  own.forEach(each -> writes.add(files.put(each)));
                  writes.add(
                      new Write.PutDeskRow(
                          new DeskRow(DeskTable.DOCUMENTATION, key(row), row.encode())));
                  writes.addAll(parts.appends(notice(row, by, detail)));
                  parts.store().commit(Batch.synced(writes));
                  return row;
                });
    LOG.log(System.Logger.Level.INFO, "{0}: {1}", row.id(), detail);
    return recorded;
  }

  private static String key(DocumentationRow row) {
    return DocumentationRow.key(row.id().name(), row.id().version());
  }

  /// Removes the documentation of a version, with the rows of the files that no other version has.
  ///
  /// @param by the person
  /// @return the removed row; empty if there was none
  Optional<DocumentationRow> remove(CrateName name, CrateVersion version, String by) {
    return parts
        .store()
        .serially(
            WriteScope.SITE,
            () -> {
              Optional<DocumentationRow> found = find(name, version);
              found.ifPresent(
                  row -> {
                    List<Write> writes = drops(row, List.of());
                    writes.add(new Write.DropDeskRow(DeskTable.DOCUMENTATION, key(row)));
                    writes.add(new Write.Append(notice(row, by, "documentation was removed")));
                    parts.store().commit(Batch.synced(writes));
                  });
              return found;
            });
  }

  /// Returns the writes that remove the rows of files which only a former state of a version has.
  ///
  /// @param kept the files that the version has from now on
  private List<Write> drops(DocumentationRow former, List<Sha256> kept) {
    List<String> paths = new ArrayList<>();
    if (kept.isEmpty()) {
      paths.add(path(former.id()));
    }
    Set<Sha256> needed = new HashSet<>(kept);
    try (Stream<DeskRow> rows =
        parts.store().deskRows().list(DeskTable.DOCUMENTATION, DocumentationRow.VERSIONS)) {
      rows.filter(each -> !each.key().equals(key(former)))
          .forEach(each -> needed.addAll(DocumentationRow.decode(each.value()).files()));
    }
    former.shared().stream()
        .filter(each -> !needed.contains(each.sha256()))
        .forEach(each -> paths.add(SHARED + each.sha256().hex()));
    List<Write> drops = new ArrayList<>();
    for (String path : paths) {
      files
          .find(SiteFileCollection.DOCUMENTATION, path)
          .ifPresent(row -> drops.add(files.drop(row)));
    }
    return drops;
  }

  /// Returns the notice about the documentation of a version.
  private Notice notice(DocumentationRow row, String by, String detail) {
    return new Notice(
        Notice.Kind.DOCUMENTATION_BUILT,
        parts.clock().instant(),
        by,
        row.id().name(),
        row.id().version().text(),
        detail);
  }
}
