package lazaret.vetting.lockfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.lockfile.RawLockfile.RawPackage;
import org.jspecify.annotations.Nullable;

/// A resolver for the content of a lockfile, as `into_resolve` in cargo's `encode.rs`. It finds the
/// format, the package of each dependency, and the package of each checksum. Used once.
final class LockfileResolver {
  private static final String CHECKSUM_KEY = "checksum ";
  private static final String NO_CHECKSUM = "<none>";
  private static final int MAX_NAME = 256;

  private final RawLockfile raw;
  private final List<Integer> places;
  private final boolean oneLineBreakAtEnd;
  private final Map<LockedPackageId, RawPackage> packages = new LinkedHashMap<>();

  /// The packages by name, exact version and source. Dependencies state only as much as is
  /// unambiguous.
  private final Map<String, Map<String, Map<PackageSource, LockedPackageId>>> byName =
      new HashMap<>();

  /// The parsed source of each source text. Nearly all packages have the same one.
  private final Map<String, PackageSource> sources = new HashMap<>();

  private final Map<LockedPackageId, Sha256> checksums = new HashMap<>();
  private int format;

  /// @param places line of each package, in the order of the packages; empty if unknown
  /// @param oneLineBreakAtEnd whether the text ends with exactly one line break
  LockfileResolver(RawLockfile raw, List<Integer> places, boolean oneLineBreakAtEnd) {
    this.raw = raw;
    this.places = places;
    this.oneLineBreakAtEnd = oneLineBreakAtEnd;
  }

  Lockfile build() {
    format = statedFormat(raw.version());
    for (RawPackage each : raw.packages()) {
      register(each);
    }
    var dependencies = new HashMap<LockedPackageId, List<LockedPackageId>>();
    packages.forEach((id, each) -> dependencies.put(id, dependencies(each)));
    readMetadata();
    if (format == 1 && packages.size() == 1 && oneLineBreakAtEnd) {
      // Format 1 was written with an empty line at the end. A lockfile of one package has no other
      // difference.
      format = 2;
    }
    var locked = new ArrayList<LockedPackage>(packages.size());
    for (LockedPackageId id : packages.keySet()) {
      int line = places.isEmpty() ? 0 : places.get(locked.size());
      locked.add(
          new LockedPackage(id, checksums.get(id), dependencies.getOrDefault(id, List.of()), line));
    }
    return new Lockfile(format, locked);
  }

  /// Returns the format that the file states. Without a statement it is format 1, until a feature
  /// of format 2 is found.
  private static int statedFormat(@Nullable Long version) {
    if (version == null) {
      return 1;
    }
    if (version == 3 || version == 4) {
      return version.intValue();
    }
    throw malformed(
        "lock file version `"
            + version
            + "` was found, but this version of Cargo does not understand this lock file: formats 1"
            + " to 4 are known");
  }

  private void register(RawPackage each) {
    LockedPackageId id = id(each);
    if (packages.put(id, each) != null) {
      throw malformed("package `" + Excerpt.of(id.toString()) + "` is specified twice");
    }
    byName
        .computeIfAbsent(id.name(), _ -> new HashMap<>())
        .computeIfAbsent(id.version().text(), _ -> new HashMap<>())
        .put(identity(id.source()), id);
    if (each.checksum() != null) {
      format = Math.max(format, 2);
      checksums.put(id, Sha256.parse(each.checksum()));
    }
  }

  private LockedPackageId id(RawPackage each) {
    PackageSource source =
        each.source() == null
            ? new PackageSource.Local()
            : sources.computeIfAbsent(each.source(), PackageSourceParser::parse);
    String name = each.name();
    boolean good =
        source.throughGate()
            ? CrateName.isValid(name)
            : !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars().allMatch(c -> c > ' ' && c != 0x7f);
    if (!good) {
      throw malformed("'" + Excerpt.of(name) + "' is not the name of a package");
    }
    return new LockedPackageId(name, CrateVersion.parse(each.version()), source);
  }

  private List<LockedPackageId> dependencies(RawPackage each) {
    var found = new ArrayList<LockedPackageId>(each.dependencies().size());
    for (String dependency : each.dependencies()) {
      @Nullable LockedPackageId id = find(dependency);
      if (id != null) {
        found.add(id);
      }
    }
    return found;
  }

  /// Returns the package for `name`, `name version` or `name version (source)`. Returns null if
  /// there is none or more than one. Cargo ignores such dependencies, which occur in lockfiles
  /// merged by hand, and resolves them again.
  private @Nullable LockedPackageId find(String dependency) {
    String[] words = dependency.split(" ", 3);
    @Nullable Map<String, Map<PackageSource, LockedPackageId>> byVersion = byName.get(words[0]);
    if (byVersion == null) {
      return null;
    }
    @Nullable Map<PackageSource, LockedPackageId> bySource;
    if (words.length > 1) {
      bySource = byVersion.get(words[1]);
    } else {
      format = Math.max(format, 2);
      bySource = onlyValue(byVersion);
    }
    if (bySource == null) {
      return null;
    }
    if (words.length == 3) {
      return bySource.get(identity(parenthesised(words[2])));
    }
    // A package of the workspace cannot be named by a source, so it takes precedence.
    @Nullable LockedPackageId local = bySource.get(new PackageSource.Local());
    if (local != null) {
      return local;
    }
    @Nullable LockedPackageId only = onlyValue(bySource);
    if (only != null) {
      format = Math.max(format, 2);
    }
    return only;
  }

  /// Returns the part of a source that a dependency can name. Cargo omits the commit of a
  /// repository there.
  private static PackageSource identity(PackageSource source) {
    return source instanceof PackageSource.Git git
        ? new PackageSource.Git(git.url(), null)
        : source;
  }

  private static PackageSource parenthesised(String source) {
    if (!source.startsWith("(") || !source.endsWith(")")) {
      throw malformed("'" + Excerpt.of(source) + "' is not a source in parentheses");
    }
    return PackageSourceParser.parse(source.substring(1, source.length() - 1));
  }

  private static <T> @Nullable T onlyValue(Map<?, T> map) {
    return map.size() == 1 ? map.values().iterator().next() : null;
  }

  /// Reads the checksums of format 1: `"checksum NAME VERSION (SOURCE)" = "HEX"`.
  private void readMetadata() {
    boolean some = false;
    var found = new HashMap<LockedPackageId, Sha256>();
    for (Map.Entry<String, String> entry : raw.metadata().entrySet()) {
      if (!entry.getKey().startsWith(CHECKSUM_KEY)) {
        continue;
      }
      some = true;
      @Nullable LockedPackageId id = find(entry.getKey().substring(CHECKSUM_KEY.length()));
      if (id != null && !entry.getValue().equals(NO_CHECKSUM)) {
        found.put(id, Sha256.parse(entry.getValue()));
      }
    }
    if (some && format >= 2) {
      // With both kinds in one file, cargo assumes a faulty merge and drops every checksum.
      checksums.clear();
    } else {
      checksums.putAll(found);
    }
  }

  private static MalformedException malformed(String why) {
    return new MalformedException("cannot read the lockfile: " + why);
  }
}
