package lazaret.vetting.index;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The fields of a line that were read so far, and its first fault. A faulty line is read to its
/// end, so that the alarm can name the version.
final class IndexLineFields {
  private static final Pattern PUBTIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  private static final Pattern RUST_VERSION =
      Pattern.compile("(0|[1-9]\\d*)(\\.(0|[1-9]\\d*)){0,2}");

  @Nullable String name;
  @Nullable String vers;
  @Nullable String cksum;
  @Nullable List<IndexDependency> deps;
  boolean yanked;
  @Nullable String links;
  @Nullable String rustVersion;
  @Nullable String pubtime;
  int v = 1;
  int features;
  int featureValues;

  private @Nullable OmissionReason reason;
  private String detail = "";

  /// Records a fault, unless there is an earlier one.
  ///
  /// @param what reason for omitting the line
  /// @param why expected and found values; foreign parts are already printable
  void fault(OmissionReason what, String why) {
    if (reason == null) {
      reason = what;
      detail = why;
    }
  }

  /// Returns the entry.
  ///
  /// @throws IndexLineFault if a field has a fault, is missing or has the wrong form
  IndexEntry entry(Bytes raw) throws IndexLineFault {
    if (reason != null) {
      throw new IndexLineFault(reason, vers, detail);
    }
    String crate = present("name", name);
    String version = present("vers", vers);
    String digest = present("cksum", cksum);
    List<IndexDependency> dependencies = present("deps", deps);
    if (!CrateName.isValid(crate)) {
      throw new IndexLineFault(
          OmissionReason.WRONG_NAME, version, "'" + Excerpt.of(crate) + "' is no crate name");
    }
    if (!Sha256.isValid(digest)) {
      throw new IndexLineFault(
          OmissionReason.BAD_CKSUM,
          version,
          "cksum '" + Excerpt.of(digest) + "' is not 64 lower-case hexadecimal digits");
    }
    return new IndexEntry(
        raw,
        CrateName.parse(crate),
        version(version),
        dependencies,
        Sha256.parse(digest),
        yanked,
        pubtime == null ? null : pubtime(pubtime),
        rustVersion == null ? null : rustVersion(rustVersion),
        links,
        v);
  }

  private <T> T present(String key, @Nullable T value) throws IndexLineFault {
    if (value == null) {
      throw new IndexLineFault(OmissionReason.INVALID, vers, "'" + key + "' is missing");
    }
    return value;
  }

  private static CrateVersion version(String text) throws IndexLineFault {
    try {
      return CrateVersion.parse(text);
    } catch (MalformedException e) {
      throw new IndexLineFault(OmissionReason.INVALID, text, String.valueOf(e.getMessage()));
    }
  }

  /// Returns the time of the only form that cargo accepts, `YYYY-MM-DDThh:mm:ssZ`. Cargo rejects a
  /// line with any other form.
  private Instant pubtime(String text) throws IndexLineFault {
    if (PUBTIME.matcher(text).matches()) {
      try {
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19))
            .toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        // A month 13 and the like; the refusal follows below.
      }
    }
    throw new IndexLineFault(
        OmissionReason.INVALID,
        vers,
        "pubtime '" + Excerpt.of(text) + "' is not of the form 2026-01-31T12:00:00Z");
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /// Returns whether a text is a Rust version of one to three numbers, without operator and
  /// pre-release.
  static boolean isRustVersion(String text) {
    return text.length() <= 62 && RUST_VERSION.matcher(text).matches();
  }

  /// Returns a Rust version of one to three numbers, without operator and pre-release.
  private String rustVersion(String text) throws IndexLineFault {
    if (!isRustVersion(text)) {
      throw new IndexLineFault(
          OmissionReason.INVALID,
          vers,
          "rust_version '" + Excerpt.of(text) + "' is not of the form 1.85");
    }
    return text;
  }
}
