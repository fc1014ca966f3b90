package lazaret.vetting.review;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.ContextTable;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.literal.FileKind;
import lazaret.vetting.inspect.source.Capability;
import org.jspecify.annotations.Nullable;

/// The roles of the files of one artifact, and the files that need no reading in them.
///
/// If it is uncertain whether code uses a file, the file must be read. So must programs, objects
/// and compressed files at any place: a build script can take them from there without naming them.
final class ContentRoles {
  /// The files at the root of a crate that cargo does not use when it builds a dependency.
  private static final Set<String> UNUSED =
      Set.of(
          "Cargo.lock",
          "Cargo.toml.orig",
          ".cargo_vcs_info.json",
          ".editorconfig",
          ".gitattributes",
          ".gitignore",
          "clippy.toml",
          ".clippy.toml",
          "rustfmt.toml",
          ".rustfmt.toml");

  private static final String UNUSED_FOLDER = ".github/";
  private static final Set<String> DOCUMENT_ENDINGS = Set.of("md", "txt", "rst", "adoc");
  private static final Set<String> DOCUMENT_FOLDERS = Set.of("doc", "docs");
  private static final Set<String> DOCUMENTS =
      Set.of("authors", "changelog", "changes", "contributors", "notice", "readme");

  private final CrateListing listing;
  private final ContextTable contexts;

  private ContentRoles(CrateListing listing, ContextTable contexts) {
    this.listing = listing;
    this.contexts = contexts;
  }

  /// Evaluates an artifact.
  ///
  /// @throws lazaret.vetting.MalformedException if it breaks the rules of archives
  static ContentRoles of(
      CrateArchive archive, InspectLimits inspect, DiffLimits limits, InstantSource clock) {
    CrateListing listing = CrateListing.of(archive, inspect, limits);
    var id = new CrateId(archive.name(), archive.version(), Sha256.of(archive.bytes()));
    return new ContentRoles(listing, Inspector.contexts(id, archive.bytes(), inspect, clock));
  }

  CrateListing listing() {
    return listing;
  }

  /// Returns the capabilities of a source outside of its tests.
  Set<Capability> capabilities(String path) {
    return contexts.capabilities().getOrDefault(path, Set.of());
  }

  /// Returns the sources that have capabilities.
  Set<String> capable() {
    return contexts.capabilities().keySet();
  }

  /// Returns the role of a file.
  ContentRole role(String path) {
    if (path.equals("Cargo.toml")) {
      return ContentRole.MANIFEST;
    }
    ExecutionContext place = contexts.place(path).orElse(null);
    boolean runs = place == ExecutionContext.MACRO || place == ExecutionContext.RUNTIME;
    if (runs && contexts.places().containsKey(path)) {
      return place == ExecutionContext.MACRO ? ContentRole.MACRO : ContentRole.RUNTIME;
    }
    if (place == ExecutionContext.BUILD || listing.part(path) == FileRole.BUILD_SCRIPT) {
      return ContentRole.BUILD_SCRIPT;
    }
    if (place == ExecutionContext.TEST) {
      return ContentRole.TEST;
    }
    if (path.endsWith(".rs")) {
      // It was not read for a limit of time or size, or code mentions a test.
      return ContentRole.RUNTIME;
    }
    return place == null && ContextTable.amongTests(path) ? ContentRole.TEST : ContentRole.DATA;
  }

  /// Returns the reason for which a file need not be read by its role, or null if it must be read.
  @Nullable UnreadReason unread(String path) {
    return switch (role(path)) {
      case BUILD_SCRIPT, MACRO, MANIFEST, RUNTIME -> null;
      case TEST -> {
        boolean source = contexts.places().containsKey(path);
        yield source || (plain(path) && contexts.complete()) ? UnreadReason.ONLY_TESTS : null;
      }
      case DATA -> used(path) || !plain(path) ? null : unused(path);
    };
  }

  /// Returns whether a source uses a file as data. Code that mentions its own readme by name does
  /// not.
  private boolean used(String path) {
    ExecutionContext mention = contexts.mentions().get(path);
    boolean atRuntime = mention == ExecutionContext.RUNTIME && known(path);
    return contexts.includes().containsKey(path) || (mention != null && !atRuntime);
  }

  private @Nullable UnreadReason unused(String path) {
    if (UNUSED.contains(path) || path.startsWith(UNUSED_FOLDER)) {
      return UnreadReason.NOT_USED;
    }
    boolean builds = contexts.has(ExecutionContext.BUILD) || contexts.has(ExecutionContext.MACRO);
    return document(path) || (contexts.complete() && !builds) ? UnreadReason.NOT_INCLUDED : null;
  }

  private boolean plain(String path) {
    return listing.kind(path) == FileKind.OTHER;
  }

  private static boolean document(String path) {
    int slash = path.indexOf('/');
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return known(path)
        || DOCUMENT_ENDINGS.contains(ending)
        || (slash > 0 && DOCUMENT_FOLDERS.contains(path.substring(0, slash)));
  }

  /// Returns whether a file has the name of a usual document.
  private static boolean known(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String bare = file.indexOf('.') < 0 ? file : file.substring(0, file.indexOf('.'));
    return DOCUMENTS.contains(bare) || bare.startsWith("license") || bare.startsWith("copying");
  }
}
