package lazaret.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.LimitedSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.deskapi.SiteFileOperations;
import lazaret.vetting.deskapi.site.SiteFileCheckReply;
import lazaret.vetting.deskapi.site.SiteFileCopyReply;
import lazaret.vetting.deskapi.site.SiteFileCopyRequest;
import lazaret.vetting.deskapi.site.SiteFileExtractRequest;
import lazaret.vetting.deskapi.site.SiteFileInfo;
import lazaret.vetting.deskapi.site.SiteFileRemovalReply;
import lazaret.vetting.deskapi.site.SiteFileRemovalRequest;
import lazaret.vetting.deskapi.site.SiteFilesReply;
import lazaret.vetting.deskapi.site.SiteFilesRequest;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The handlers of the operations on files of a site.
public final class SiteFileHandlers implements HandlerSource {
  /// The name of a check and a copy among the long operations.
  static final String OPERATION = "site-files";

  private static final int MAX_PART = 1_000;
  private static final int MAX_REASON = 2_000;

  private final SiteFileService files;
  private final LimitedSiteFileStore limited;
  private final Function<SiteFileRow, Optional<String>> use;
  private final Clock clock;
  private final Supplier<DeskApi> api;

  /// Creates the handlers.
  ///
  /// @param limited the store of the bytes
  /// @param use returns the reason for which a file is in use, in one clause
  /// @param api notes long operations
  public SiteFileHandlers(
      SiteFileService files,
      LimitedSiteFileStore limited,
      Function<SiteFileRow, Optional<String>> use,
      Clock clock,
      Supplier<DeskApi> api) {
    this.files = files;
    this.limited = limited;
    this.use = use;
    this.clock = clock;
    this.api = api;
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(SiteFileOperations.SITE_FILES, (request, _) -> list(request));
    handlers.add(SiteFileOperations.REMOVE_SITE_FILE, this::remove);
    handlers.add(
        SiteFileOperations.CHECK_SITE_FILES,
        (_, _) -> api.get().running().run(OPERATION, this::check));
    handlers.add(
        SiteFileOperations.COPY_SITE_FILES,
        (request, _) -> api.get().running().run(OPERATION, () -> copy(request)));
    handlers.add(
        SiteFileOperations.EXTRACT_SITE_FILES,
        (request, _) -> api.get().running().run(OPERATION, () -> extract(request)));
  }

  private SiteFilesReply list(SiteFilesRequest request) {
    int limit = request.limit() == null ? MAX_PART : request.limit();
    if (limit < 1 || limit > MAX_PART) {
      throw new MalformedException(
          "cannot read the request: expected 1 to %d as `limit`, found %d"
              .formatted(MAX_PART, limit));
    }
    String prefix = request.prefix() == null ? "" : request.prefix();
    List<SiteFileInfo> found =
        files.list(collection(request.collection()), prefix, limit).stream()
            .map(this::info)
            .toList();
    try {
      return new SiteFilesReply(found, limited.used());
    } catch (IOException e) {
      throw failed("read the files of the site", e);
    }
  }

  private static SiteFileCollection collection(String code) {
    return Coded.find(SiteFileCollection.class, code)
        .orElseThrow(
            () ->
                new MalformedException(
                    ("cannot find the collection '%s': expected toolchains, git, documentation,"
                            + " results or product")
                        .formatted(Excerpt.of(code))));
  }

  private SiteFileInfo info(SiteFileRow row) {
    return new SiteFileInfo(
        row.path(),
        row.sha256(),
        row.length(),
        row.admitted(),
        row.by(),
        row.origin(),
        row.reference(),
        use.apply(row).orElse(null));
  }

  /// Removes the row of a file that nothing uses at that moment.
  SiteFileRemovalReply remove(SiteFileRemovalRequest request, Caller caller) {
    return files.store().serially(WriteScope.SITE, () -> removed(request, caller));
  }

  private SiteFileRemovalReply removed(SiteFileRemovalRequest request, Caller caller) {
    SiteFileRow row =
        files
            .find(collection(request.collection()), request.path())
            .orElseThrow(
                () ->
                    new MalformedException(
                        "cannot remove '%s': the collection '%s' has no such file"
                            .formatted(Excerpt.of(request.path()), request.collection())));
    SiteFileInfo file = info(row);
    if (request.trial()) {
      return new SiteFileRemovalReply(false, file);
    }
    String reason = reason(request.reason());
    if (file.use() != null && !request.force()) {
      throw new MalformedException(
          "cannot remove '%s': expected a file that nothing uses, found that %s; use --force"
              .formatted(row.path(), file.use()));
    }
    Notice notice =
        new Notice(
            Notice.Kind.ARTIFACTS_REMOVED,
            clock.instant(),
            caller.owner(),
            null,
            null,
            "the file '%s' of '%s' with the SHA-256 %s: %s"
                .formatted(row.path(), row.collection().code(), row.sha256(), reason));
    var _ =
        files
            .store()
            .commit(Batch.synced(List.of(files.drop(row), new Batch.Write.Append(notice))));
    return new SiteFileRemovalReply(true, file);
  }

  private static String reason(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > MAX_REASON) {
      throw new MalformedException(
          "cannot remove a file: expected 1 to %d characters as `reason`, found %d"
              .formatted(MAX_REASON, reason == null ? 0 : reason.strip().length()));
    }
    return reason;
  }

  private SiteFileCheckReply check() {
    SiteFileService.CheckResult result = files.check();
    return new SiteFileCheckReply(result.files(), result.bytes(), result.faults());
  }

  private SiteFileCopyReply copy(SiteFileCopyRequest request) {
    Path folder = Path.of(request.folder().text());
    try {
      SiteFileStore other = FolderSiteFileStore.open(folder);
      SiteFileCopy done =
          request.restore()
              ? SiteFileCopy.run(files.named(), other, files.files())
              : SiteFileCopy.run(files.named(), files.files(), other);
      return new SiteFileCopyReply(done.copied(), done.present(), done.missing());
    } catch (IOException e) {
      throw failed("copy the files of the site from or to '" + folder + "'", e);
    }
  }

  private SiteFileCopyReply extract(SiteFileExtractRequest request) {
    Path folder = Path.of(request.folder().text());
    long written = 0;
    long missing = 0;
    try {
      requireEmpty(folder);
      for (SiteFileRow row : files.list(collection(request.collection()), "", Integer.MAX_VALUE)) {
        Optional<SiteFile> file = files.open(row);
        if (file.isEmpty()) {
          missing++;
          continue;
        }
        // The form of a path has neither '..' nor an absolute path.
        Path to = folder.resolve(row.path());
        Files.createDirectories(to.resolveSibling(""));
        try (InputStream in = file.get().open(0)) {
          Files.copy(in, to);
        }
        written++;
      }
      return new SiteFileCopyReply(written, 0, missing);
    } catch (IOException e) {
      throw failed("write files of the site into '" + folder + "'", e);
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new MalformedException(
            "cannot write into '%s': expected a new or empty folder, found another"
                .formatted(folder));
      }
    }
  }

  private static StoreException failed(String what, IOException e) {
    return new StoreException(
        ErrorCode.STORE_FAILED, "cannot %s: %s".formatted(what, e.getMessage()), e);
  }
}
