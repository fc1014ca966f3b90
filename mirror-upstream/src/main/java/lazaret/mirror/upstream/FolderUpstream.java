package lazaret.mirror.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.RateBudget;
import lazaret.mirror.outbound.UpstreamException;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.index.Validators;

/// A folder with an index in the sparse layout and artifacts: a mirror of another program, or a
/// copied registry. Its content is as untrusted as that of upstream. It is read for every request,
/// so that its owner may change it at any time. Thread-safe; blocks on the disk.
///
/// Files outside the folder are never read: links that lead out of it are refused. Its
/// `config.json` is ignored, because it describes the addresses of its own server.
public final class FolderUpstream implements MeteredUpstream {
  /// The format of HTTP dates (RFC 9110 §5.6.7), with two digits for the day.
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final FolderLayout layout;
  private final UpstreamOptions.Limits limits;
  private final UpstreamMeters meters;

  /// The result of reading a file.
  private sealed interface Found {
    /// A file that was read.
    record File(Bytes body, Instant modified) implements Found {}

    /// A file that does not exist.
    record Missing() implements Found {}

    /// A file that cannot be read.
    record Unreadable(FailureKind kind, String why) implements Found {}
  }

  /// Opens a folder.
  ///
  /// @throws UpstreamException if it cannot be read, or lacks the parts of an upstream
  public FolderUpstream(Path folder, UpstreamOptions options, Clock clock) {
    this.layout = FolderLayout.of(folder, options.folderTemplate());
    this.limits = options.limits();
    // The budget protects the machines of others, so that a folder has none.
    var unlimited = new UpstreamOptions.RateLimits(0, 0);
    this.meters =
        new UpstreamMeters(new RateBudget(unlimited, clock, System::nanoTime), this::trouble);
  }

  private Optional<String> trouble() {
    return layout.isPresent()
        ? Optional.empty()
        : Optional.of("the folder of upstream is gone or empty: check whether its disk is mounted");
  }

  @Override
  public IndexResponse index(CrateName name, Validators known) {
    meters.requested(UpstreamOrigin.INDEX);
    Path file = layout.index().resolve(IndexPath.of(name));
    return switch (read(file, limits.maxIndexBytes())) {
      case Found.File(Bytes body, Instant modified) -> fresh(body, modified, known);
      case Found.Missing _ -> new IndexResponse.Absent(404);
      case Found.Unreadable(FailureKind kind, String why) -> {
        meters.failed(kind);
        yield new IndexResponse.Unavailable(why, null);
      }
    };
  }

  /// Compares by digest alone: copying tools restore modification times, and a file may change
  /// without changing its length.
  private static IndexResponse fresh(Bytes body, Instant modified, Validators known) {
    String etag = "\"" + Sha256.of(body).hex() + "\"";
    if (etag.equals(known.etag())) {
      return new IndexResponse.NotModified();
    }
    return new IndexResponse.Fresh(body, new Validators(etag, HTTP_DATE.format(modified)));
  }

  @Override
  public ArtifactResponse artifact(CrateId id) {
    meters.requested(UpstreamOrigin.ARTIFACTS);
    for (Path file : layout.artifact(id)) {
      switch (read(file, limits.maxArtifactBytes())) {
        case Found.File(Bytes body, Instant _) -> {
          return new ArtifactResponse.Received(new UnverifiedCrate(body));
        }
        case Found.Missing _ -> {}
        case Found.Unreadable(FailureKind kind, String why) -> {
          meters.failed(kind);
          return new ArtifactResponse.Unavailable(why, null);
        }
      }
    }
    return new ArtifactResponse.Absent(404);
  }

  /// Returns whether the folder has a file of a version, without reading it.
  public boolean holds(CrateId id) {
    return layout.artifact(id).stream().anyMatch(Files::isRegularFile);
  }

  /// Lists the crates of the index under their lower-case names. Files at paths that do not belong
  /// to a crate, such as `config.json`, are left out.
  ///
  /// @throws UpstreamException if the index cannot be listed
  public List<CrateName> crates() {
    Path root = layout.index();
    // At most three levels deep; links are not followed, so there are no cycles.
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .flatMap(file -> crate(root.relativize(file)).stream())
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UpstreamException("cannot list the index in '" + root + "'", e);
    }
  }

  private static Optional<CrateName> crate(Path below) {
    List<String> parts = new ArrayList<>();
    below.forEach(part -> parts.add(part.toString()));
    try {
      return Optional.of(IndexPath.parse(String.join("/", parts)));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private Found read(Path file, long limit) {
    try {
      Path real = file.toRealPath();
      // Opening checks the last link again. To replace a folder in between by a link at this
      // instant, an attacker needs write access to it. The attack gains only a file that must still
      // have the digest of an index line.
      if (!real.startsWith(layout.root())) {
        return unreadable(file, "it is a link that leads out of the folder");
      }
      var attributes =
          Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        return unreadable(file, "it is not a file");
      }
      try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
        byte[] body = in.readNBytes(Math.toIntExact(limit + 1));
        if (body.length > limit) {
          return new Found.Unreadable(
              FailureKind.TOO_LARGE,
              shown(file)
                  + " of the folder is longer than the "
                  + limit
                  + " bytes that are accepted");
        }
        meters.received(body.length);
        return new Found.File(Bytes.of(body), attributes.lastModifiedTime().toInstant());
      }
    } catch (NoSuchFileException _) {
      return layout.isPresent()
          ? new Found.Missing()
          : new Found.Unreadable(
              FailureKind.FILE,
              "the folder "
                  + layout.root()
                  + " is gone or empty: check whether its disk is mounted");
    } catch (IOException e) {
      return unreadable(file, e.getClass().getSimpleName());
    }
  }

  private Found unreadable(Path file, String why) {
    return new Found.Unreadable(
        FailureKind.FILE, shown(file) + " of the folder cannot be read: " + why);
  }

  private Path shown(Path file) {
    return layout.root().relativize(file);
  }

  @Override
  public UpstreamMeters meters() {
    return meters;
  }

  @Override
  public String describe() {
    return layout.root().toString();
  }

  @Override
  public void close() {
    // No resource stays open between requests.
  }
}
