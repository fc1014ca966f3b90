package lazaret.documentation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lazaret.detonation.DetonationClient;
import lazaret.documentation.page.PageAddress;
import lazaret.documentation.page.PageToken;
import lazaret.documentation.page.PageType;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFile;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.origin.NameOrigin;
import org.jspecify.annotations.Nullable;

/// The documentation of versions: it is built in the sandbox, kept, and found by path. Thread-safe;
/// blocks.
public final class DocumentationService {
  /// The maximum number of versions whose verdicts are in heap.
  private static final long MAX_VERDICTS = 4_000;

  /// The time after which pages of a version that is no longer served are no longer found.
  static final Duration VERDICT_TIME = Duration.ofSeconds(5);

  private final GateContext parts;
  private final Gate gate;
  private final SiteFileService files;
  private final PageKeys keys;
  private final DocumentationBuilder builder;
  private final BoundedCache<Sha256, PageArchive> archives = PageArchive.cache();
  private final BoundedCache<CrateId, Verdict> verdicts = new BoundedCache<>(MAX_VERDICTS, _ -> 1);

  /// Creates the service.
  ///
  /// @param scratch a folder for pages that are being received
  /// @param sandbox the socket of the sandbox service; null if nothing can be built
  public DocumentationService(
      GateContext parts, Gate gate, SiteFileService files, Path scratch, @Nullable Path sandbox) {
    this.parts = parts;
    this.gate = gate;
    this.files = files;
    this.keys = new PageKeys(parts.store());
    this.builder =
        new DocumentationBuilder(
            parts,
            files,
            scratch,
            sandbox == null
                ? null
                : new DetonationClient(sandbox, DetonationClient.Patience.USUAL));
  }

  /// A page, or a part of an archive.
  ///
  /// @param file the file with the bytes
  /// @param from the position of the first byte
  /// @param length the number of bytes
  /// @param type the kind of the page
  public record Page(SiteFile file, long from, long length, PageType type) {}

  /// The address of the first page of a version.
  ///
  /// @param path the path with its token
  /// @param expires the time from which it is void
  public record Address(String path, Instant expires) {}

  /// Returns the row of a version, or empty if its documentation was not built.
  public Optional<DocumentationRow> find(CrateName name, CrateVersion version) {
    return builder.find(name, version);
  }

  /// Returns the rows of crates whose names have a part, by crate and version.
  ///
  /// @param query a part of the name; empty for all
  /// @param after the key after which they begin; empty for the first
  /// @param most the maximum number of rows
  /// @param shown selects the listed crates
  List<DocumentationRow> list(String query, String after, int most, Predicate<CrateName> shown) {
    String part = query.toLowerCase(Locale.ROOT).replace('_', '-');
    try (Stream<DeskRow> rows =
        parts.store().deskRows().list(DeskTable.DOCUMENTATION, DocumentationRow.VERSIONS)) {
      return rows.filter(row -> row.key().compareTo(after) > 0)
          .map(row -> DocumentationRow.decode(row.value()))
          .filter(row -> row.id().name().collisionKey().replace('_', '-').contains(part))
          .filter(row -> shown.test(row.id().name()))
          .limit(most)
          .toList();
    }
  }

  /// Returns whether a crate is one of the public registry.
  boolean isPublic(CrateName name) {
    return gate.origin(name) == NameOrigin.PUBLIC;
  }

  /// Returns the address of the pages of a version. It is empty for a version that is not served
  /// now.
  public Optional<Address> address(CrateName name, CrateVersion version) {
    DocumentationRow row = find(name, version).orElse(null);
    String first = row == null ? null : row.first();
    if (row == null || first == null || !isServed(row.id())) {
      return Optional.empty();
    }
    PageToken token = keys.make(name, version, parts.clock().instant());
    return Optional.of(
        new Address(
            PageAddress.folder(token.text(), row.id().name(), version) + first, token.expires()));
  }

  /// Returns whether the gate serves a version with these bytes now.
  boolean isServed(CrateId id) {
    CrateState state = gate.files().find(id.name()).orElse(null);
    StoredLine line = state == null ? null : state.line(id.version()).orElse(null);
    return state != null
        && line != null
        && line.entry().cksum().equals(id.cksum())
        && gate.files()
            .rulebook()
            .policy()
            .serves(state.evaluate(line, gate.files().rulebook(), parts.clock().instant()));
  }

  /// The verdict on a version for a short time: a page has many parts, each of them a request.
  private record Verdict(boolean served, Instant at) {
    /// Returns whether it still counts. A clock that was set back must not prolong it.
    boolean isRecent(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(VERDICT_TIME));
    }
  }

  private boolean isServedOfLate(CrateId id, Instant now) {
    Verdict known = verdicts.get(id);
    if (known != null && known.isRecent(now)) {
      return known.served();
    }
    Verdict fresh = new Verdict(isServed(id), now);
    verdicts.put(id, fresh);
    return fresh.served();
  }

  /// Returns a page if the token of its address permits to read it, and the version is served.
  ///
  /// @throws StoreException `store-failed` if the disk fails
  public Optional<Page> page(PageAddress address) {
    Instant now = parts.clock().instant();
    if (!keys.permits(address, now)) {
      return Optional.empty();
    }
    PageType type = PageType.of(address.path()).orElse(null);
    DocumentationRow row = find(address.name(), address.version()).orElse(null);
    if (type == null || row == null || !isServedOfLate(row.id(), now)) {
      return Optional.empty();
    }
    try {
      for (SharedPage shared : row.shared()) {
        if (shared.path().equals(address.path())) {
          return files
              .files()
              .find(shared.sha256())
              .map(file -> new Page(file, 0, file.length(), type));
        }
      }
      Sha256 archive = row.archive();
      return archive == null
          ? Optional.empty()
          : place(archive, address.path())
              .map(found -> new Page(found.file(), found.from(), found.length(), type));
    } catch (IOException e) {
      throw failed("read a page", e);
    }
  }

  /// Finds a page. An archive that was stored again since it was opened is opened again: a store of
  /// objects has it at another place then.
  private Optional<PageArchive.Page> place(Sha256 archive, String path) throws IOException {
    PageArchive known = archives.get(archive);
    if (known != null) {
      try {
        return known.find(path);
      } catch (IOException _) {
        archives.remove(archive);
      }
    }
    Optional<PageArchive> opened = opened(archive);
    return opened.isPresent() ? opened.get().find(path) : Optional.empty();
  }

  private Optional<PageArchive> opened(Sha256 digest) throws IOException {
    PageArchive known = archives.get(digest);
    if (known != null) {
      return Optional.of(known);
    }
    SiteFile file = files.files().find(digest).orElse(null);
    if (file == null) {
      return Optional.empty();
    }
    PageArchive read = PageArchive.open(file);
    archives.put(digest, read);
    return Optional.of(read);
  }

  private static StoreException failed(String what, IOException e) {
    return new StoreException(
        ErrorCode.STORE_FAILED, "cannot %s: %s".formatted(what, e.getMessage()), e);
  }

  /// Builds the documentation of a version that is served, whose bytes are stored. A failure of the
  /// build is recorded; one of the sandbox itself is not.
  ///
  /// @param by the person or program that ordered it
  /// @throws ProblemException if the version is not served or stored, or the sandbox cannot build
  public DocumentationRow build(CrateName name, CrateVersion version, String by) {
    CrateId id =
        gate.files()
            .find(name)
            .flatMap(state -> state.line(version))
            .map(line -> line.entry().id())
            .filter(this::isServed)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.REFUSED_BY_POLICY,
                        "cannot build the documentation of %s %s: expected a version that is"
                                .formatted(name, version)
                            + " served, found another one"));
    try {
      return builder.build(id, by);
    } catch (IOException e) {
      throw failed("keep documentation", e);
    }
  }

  /// Checks the documentation of a bundle, whose files are stored already. The rows of the files
  /// are the caller's.
  ///
  /// @return the row to store
  ///
  /// @throws MalformedException if the pages are not an archive of pages, or lack the first one or
  ///   a shared one
  /// @throws StoreException `store-failed` if the disk fails
  public DeskRow take(DocumentationRow row) {
    String first = row.first();
    Sha256 archive = row.archive();
    try {
      if (first == null || archive == null) {
        throw new MalformedException(
            "cannot take documentation of %s: expected pages, found none".formatted(row.id()));
      }
      Optional<PageArchive> opened = opened(archive);
      // The path becomes a part of an address.
      if (PageType.of(first).isEmpty() || opened.isEmpty() || opened.get().find(first).isEmpty()) {
        throw new MalformedException(
            "cannot take documentation of %s: expected the page '%s', found none"
                .formatted(row.id(), Excerpt.of(first)));
      }
      for (Sha256 file : row.files()) {
        if (files.files().find(file).isEmpty()) {
          throw new MalformedException(
              "cannot take documentation of %s: expected the file %s, found none"
                  .formatted(row.id(), file));
        }
      }
    } catch (IOException e) {
      throw failed("take documentation", e);
    }
    return new DeskRow(
        DeskTable.DOCUMENTATION,
        DocumentationRow.key(row.id().name(), row.id().version()),
        row.encode());
  }

  /// Removes the documentation of a version, or the record that it could not be built. The files
  /// stay until they are swept.
  ///
  /// @param by the person
  /// @return the removed row; empty if there was none
  public Optional<DocumentationRow> remove(CrateName name, CrateVersion version, String by) {
    return builder.remove(name, version, by);
  }
}
