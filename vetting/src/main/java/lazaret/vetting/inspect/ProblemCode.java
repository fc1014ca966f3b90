package lazaret.vetting.inspect;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What can be wrong with a `.crate` file. Each of these withholds the version in every mode, so a
/// rule is here only where no crate of the public registry is expected to break it: what is merely
/// odd (`.cargo-ok`, which cargo drops by itself; `.cargo-checksum.json`; file names reserved on
/// Windows; odd owners, modes and times) is none.
///
/// Sources: RFC 1952 (gzip); POSIX.1-2017 *pax Interchange Format*; GNU tar manual, *Basic Tar
/// Format*; the upload rules of the public registry and the unpack rules of cargo.
public enum ProblemCode {
  /// The bytes do not begin with a gzip header, or with one that cargo's reader refuses.
  NOT_GZIP("not-gzip"),
  /// Bytes follow the first gzip member: cargo stops there, other tools read on and see other
  /// files.
  SEVERAL_GZIP_MEMBERS("several-gzip-members"),
  /// The bytes end within the gzip member.
  GZIP_TRUNCATED("gzip-truncated"),
  /// The compressed data is damaged, or its CRC-32 or length is not what the trailer says.
  GZIP_CORRUPT("gzip-corrupt"),
  /// The decompressed archive is over the limit: a decompression bomb.
  TOO_LARGE_UNPACKED("too-large-unpacked"),
  /// More entries, or more bytes in their paths, than the limit: inodes and memory run out.
  TOO_MANY_ENTRIES("too-many-entries"),
  /// The archive ends within an entry or without the two zero blocks that end it.
  TAR_TRUNCATED("tar-truncated"),
  /// Something other than zeros stands behind the end of the archive, where some readers look.
  BYTES_AFTER_END("bytes-after-end"),
  /// The checksum of an entry's header is wrong or unreadable.
  HEADER_CHECKSUM("header-checksum"),
  /// A header that readers of tar understand differently.
  HEADER_MALFORMED("header-malformed"),
  /// An extended header contradicts the entry it describes: readers disagree on where it ends or
  /// what it is called (the attack of CVE-2025-62518).
  PAX_CONFLICT("pax-conflict"),
  /// Something that is neither a regular file nor a directory: a link that leads writes elsewhere
  /// (CVE-2026-5223), a device, a sparse file.
  FORBIDDEN_ENTRY_TYPE("forbidden-entry-type"),
  /// A path that begins at a root.
  ABSOLUTE_PATH("absolute-path"),
  /// A path with a `..` part.
  PATH_TRAVERSAL("path-traversal"),
  /// A path outside the folder `name-version/`: it would land in another crate's sources.
  ENTRY_OUTSIDE_PREFIX("entry-outside-prefix"),
  /// A path that is no UTF-8.
  PATH_NOT_UTF8("path-not-utf8"),
  /// A path longer than the limit.
  PATH_TOO_LONG("path-too-long"),
  /// A path with more parts than the limit.
  PATH_TOO_DEEP("path-too-deep"),
  /// A path that platforms read differently: empty or `.` parts, a backslash or colon (separator
  /// and stream mark on Windows), control characters, marks that turn the reading direction.
  PATH_NOT_PLAIN("path-not-plain"),
  /// Two entries with one path, or a file where a folder is: what is reviewed need not be what is
  /// unpacked.
  DUPLICATE_PATH("duplicate-path"),
  /// Two paths that are one where the file system folds case, Unicode forms or final dots.
  CASE_COLLISION("case-collision"),
  /// No `Cargo.toml` in the root.
  MANIFEST_MISSING("manifest-missing"),
  /// A file in the root that is `Cargo.toml` on some file systems only.
  MANIFEST_WRONG_CASE("manifest-wrong-case"),
  /// `Cargo.toml` is no TOML, is over the limit or says a thing twice.
  MANIFEST_UNREADABLE("manifest-unreadable"),
  /// `Cargo.toml` names another crate or version than the index.
  MANIFEST_MISMATCH("manifest-mismatch");

  private static final Map<String, ProblemCode> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(ProblemCode::code, Function.identity()));

  private final String code;

  ProblemCode(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, for example `path-traversal`; stable, so that it can be stored.
  public String code() {
    return code;
  }

  /// Finds a problem by its kebab-case form; empty for a code of another version of the inspector.
  public static Optional<ProblemCode> find(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /// Returns the kebab-case form.
  @Override
  public String toString() {
    return code;
  }
}
