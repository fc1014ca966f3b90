package lazaret.mirror.registry;

import java.util.function.Function;
import java.util.function.LongSupplier;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;

/// The limit of the public registry's paths to names of the public registry. Versions of two
/// registries are never in one index file, since a name has one origin.
///
/// @param origins the origins of names
/// @param announced the origins by which a refusal says that a name is not public; a private name
///   that is public by them is refused like a crate that does not exist
/// @param head gives the sequence of the served snapshot, or 0 if there is none
public record PublicNames(NameOrigins origins, NameOrigins announced, LongSupplier head) {
  /// The names of a gate without a private registry.
  public static final PublicNames ALL =
      new PublicNames(NameOrigins.ALL_PUBLIC, NameOrigins.ALL_PUBLIC, () -> 0);

  /// Returns a source of index files without crates of other origins. The origin is asked again
  /// after the crate was found: another node may have published a private one meanwhile.
  ///
  /// @param absent makes the text about a crate that does not exist
  Function<CrateName, IndexOutcome> index(
      Function<CrateName, IndexOutcome> all, Function<CrateName, String> absent) {
    return name -> {
      IndexOutcome outcome =
          isPublic(name) ? all.apply(name) : new IndexOutcome.Absent(elsewhere(name, absent));
      return isPublic(name) ? outcome : new IndexOutcome.Absent(elsewhere(name, absent));
    };
  }

  /// Returns a source of artifacts without crates of other origins. The origin is asked again as
  /// for index files.
  ///
  /// @param absent makes the text about a crate that does not exist
  Function<DownloadHandler.Target, DownloadOutcome> download(
      Function<DownloadHandler.Target, DownloadOutcome> all, Function<CrateName, String> absent) {
    return asked -> {
      DownloadOutcome outcome =
          isPublic(asked.name())
              ? all.apply(asked)
              : new DownloadOutcome.Unknown(elsewhere(asked.name(), absent));
      return isPublic(asked.name())
          ? outcome
          : new DownloadOutcome.Unknown(elsewhere(asked.name(), absent));
    };
  }

  /// Returns the text of the gate about a crate that does not exist.
  String absent(CrateName name) {
    long snapshot = head.getAsLong();
    return snapshot == 0
        ? "upstream has no crate '%s'".formatted(name.published())
        : absentFrom(snapshot, name) + "; it comes with a bundle";
  }

  /// Returns the text about a crate that a retained snapshot lacks.
  static String absentFrom(long snapshot, CrateName name) {
    return "snapshot %d has no crate '%s'".formatted(snapshot, name.published());
  }

  private boolean isPublic(CrateName name) {
    return origins.of(name) == NameOrigin.PUBLIC;
  }

  /// Returns the refusal of a name of another origin. It has one text for private and reserved
  /// names, so that it does not show which crates exist.
  private String elsewhere(CrateName name, Function<CrateName, String> absent) {
    return announced.of(name) == NameOrigin.PUBLIC
        ? absent.apply(name)
        : ("the name '%s' belongs to the private registry or is reserved for it; its index is at"
                + " %sindex/, and a dependency names it with 'registry = ...' in Cargo.toml")
            .formatted(name, RouteKind.PRIVATE.prefix());
  }
}
