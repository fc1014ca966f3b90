package lazaret.vetting.archive;

import java.util.Optional;
import lazaret.vetting.text.Coded;

/// A rule for `.crate` files. A violation withholds the version in every mode.
///
/// A rule is here only if no crate of the public registry is expected to violate it. Merely unusual
/// content is allowed: `.cargo-ok`, which cargo drops itself; `.cargo-checksum.json`; file names
/// reserved on Windows; unusual owners, modes and times.
///
/// Sources: RFC 1952 (gzip); POSIX.1-2017 *pax Interchange Format*; GNU tar manual, *Basic Tar
/// Format*; the upload rules of the public registry and the unpack rules of cargo.
public enum ArchiveProblemCode implements Coded {
  /// Bytes without a gzip header, or with one that cargo's reader refuses.
  NOT_GZIP(
      "not-gzip", "cargo could not unpack it either: the bytes are not what a registry serves"),
  /// Bytes after the first gzip member: cargo stops there, other tools continue and see other
  /// files.
  SEVERAL_GZIP_MEMBERS(
      "several-gzip-members", "other tools see files behind it that cargo never unpacks"),
  /// A file that ends within the gzip member.
  GZIP_TRUNCATED("gzip-truncated", "it was cut off: fetch it again, or treat it as an attack"),
  /// Damaged compressed data, or another CRC-32 or length than the trailer states.
  GZIP_CORRUPT(
      "gzip-corrupt", "it was damaged after it was packed, or made so that readers disagree"),
  /// A decompressed archive over the limit: a decompression bomb.
  TOO_LARGE_UNPACKED("too-large-unpacked", "it was made to fill disks or memory"),
  /// More entries, or more bytes in their paths, than the limit, so that inodes or memory run out.
  TOO_MANY_ENTRIES("too-many-entries", "it was made to use up inodes or memory"),
  /// An archive that ends within an entry or without its two final zero blocks.
  TAR_TRUNCATED("tar-truncated", "it was cut off before it was compressed"),
  /// Bytes other than zero after the end of the archive, where some readers continue.
  BYTES_AFTER_END("bytes-after-end", "some readers look there and see files that others do not"),
  /// A header whose checksum is wrong or unreadable.
  HEADER_CHECKSUM("header-checksum", "readers disagree on whether this entry is there"),
  /// A header that readers of tar understand differently.
  HEADER_MALFORMED("header-malformed", "readers disagree on what this entry is"),
  /// An extended header that contradicts its entry. Readers disagree on the entry's end or name
  /// (the attack of CVE-2025-62518).
  PAX_CONFLICT(
      "pax-conflict",
      "readers disagree on where this entry ends or what it is called: treat it as an attack"),
  /// An entry other than a regular file or directory: a link that leads writes elsewhere
  /// (CVE-2026-5223), a device, a sparse file.
  FORBIDDEN_ENTRY_TYPE(
      "forbidden-entry-type", "entries after it could be written elsewhere: treat it as an attack"),
  /// A path that begins at a root.
  ABSOLUTE_PATH("absolute-path", "it would be written outside of the crate: treat it as an attack"),
  /// A path with a `..` part.
  PATH_TRAVERSAL(
      "path-traversal", "it would be written outside of the crate: treat it as an attack"),
  /// A path outside of the folder `name-version/`, which would be unpacked among another crate's
  /// sources.
  ENTRY_OUTSIDE_PREFIX(
      "entry-outside-prefix", "it would land among another crate's sources: treat it as an attack"),
  /// A path that is not valid UTF-8.
  PATH_NOT_UTF8("path-not-utf8", "platforms disagree on what it is called"),
  /// A path longer than the limit.
  PATH_TOO_LONG("path-too-long", "not all platforms could unpack it"),
  /// A path with more parts than the limit.
  PATH_TOO_DEEP("path-too-deep", "not all platforms could unpack it"),
  /// A path that platforms read differently. Such are empty or `.` parts, a backslash or colon
  /// (separator and stream mark on Windows), control characters, and marks that turn the reading
  /// direction.
  PATH_NOT_PLAIN("path-not-plain", "platforms disagree on where it is written"),
  /// Two entries with the same path, or a file in the place of a folder. The reviewed and the
  /// unpacked files may differ.
  DUPLICATE_PATH("duplicate-path", "the compiled file may differ from the reviewed one"),
  /// Two paths that are the same on file systems that fold case, Unicode forms or final dots.
  CASE_COLLISION(
      "case-collision",
      "on some file systems one replaces the other: the compiled file may differ from the reviewed"
          + " one"),
  /// An archive without `Cargo.toml` in the root.
  MANIFEST_MISSING("manifest-missing", "cargo could not build it: it is not a crate"),
  /// A file in the root that is `Cargo.toml` on some file systems only.
  MANIFEST_WRONG_CASE("manifest-wrong-case", "what cargo builds depends on the file system"),
  /// A `Cargo.toml` that is not valid TOML, is over the limit or has a key twice.
  MANIFEST_UNREADABLE("manifest-unreadable", "it is not known how cargo reads it"),
  /// A `Cargo.toml` that names another crate or version than the index.
  MANIFEST_MISMATCH(
      "manifest-mismatch", "it was published under another name or version than its own"),
  /// A `Cargo.toml` that places a build script, library or program outside of the crate.
  MANIFEST_PATH_OUTSIDE(
      "manifest-path-outside",
      "cargo would compile a file that is not part of the crate: treat it as an attack"),
  /// A `Cargo.toml` that places a build script or library in a file that the archive does not
  /// contain.
  MANIFEST_PATH_MISSING(
      "manifest-path-missing",
      "cargo could not compile it, or compiles a file that was inspected as another kind of file");

  private final String code;
  private final String meaning;

  ArchiveProblemCode(String code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /// Returns the kebab-case form, for example `path-traversal`; stable, so that it can be stored.
  @Override
  public String code() {
    return code;
  }

  /// Returns the meaning for a reviewer: one clause, lower case, no full stop.
  public String meaning() {
    return meaning;
  }

  /// Returns the code of a kebab-case form, or empty if another version of the inspector defined
  /// it.
  public static Optional<ArchiveProblemCode> find(String code) {
    return Coded.find(ArchiveProblemCode.class, code);
  }

  /// Returns the kebab-case form.
  @Override
  public String toString() {
    return code;
  }
}
