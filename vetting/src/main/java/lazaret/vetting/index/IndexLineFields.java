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

/// What has been read of a line so far, and the first thing that was wrong with it. A line is read
/// to its end even if something is wrong, so that the alarm can name the version.
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

  private @Nullable LeftOutReason reason;
  private String detail = "";

  /// Notes that something is wrong, unless something was before.
  ///
  /// @param why what was expected and found; foreign parts of it already made printable
  void fault(LeftOutReason what, String why) {
    if (reason == null) {
      reason = what;
      detail = why;
    }
  }

  /// Makes the entry.
  ///
  /// @throws LineFault if something was wrong, is missing or has the wrong form
  IndexEntry entry(Bytes raw) throws LineFault {
    if (reason != null) {
      throw new LineFault(reason, vers, detail);
    }
    String crate = present("name", name);
    String version = present("vers", vers);
    String digest = present("cksum", cksum);
    List<IndexDependency> dependencies = present("deps", deps);
    if (!CrateName.isValid(crate)) {
      throw new LineFault(
          LeftOutReason.WRONG_NAME, version, "'" + Excerpt.of(crate) + "' is no crate name");
    }
    if (!Sha256.isValid(digest)) {
      throw new LineFault(
          LeftOutReason.BAD_CKSUM,
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

  private <T> T present(String key, @Nullable T value) throws LineFault {
    if (value == null) {
      throw new LineFault(LeftOutReason.INVALID, vers, "'" + key + "' is missing");
    }
    return value;
  }

  private static CrateVersion version(String text) throws LineFault {
    try {
      return CrateVersion.parse(text);
    } catch (MalformedException e) {
      throw new LineFault(LeftOutReason.INVALID, text, String.valueOf(e.getMessage()));
    }
  }

  /// Reads the one form that cargo takes, `YYYY-MM-DDThh:mm:ssZ`; any other costs it the line.
  private Instant pubtime(String text) throws LineFault {
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
        // A month 13 and the like: falls through to the refusal.
      }
    }
    throw new LineFault(
        LeftOutReason.INVALID,
        vers,
        "pubtime '" + Excerpt.of(text) + "' is not of the form 2026-01-31T12:00:00Z");
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /// Checks that a Rust version is one to three numbers: no operator, no pre-release.
  private String rustVersion(String text) throws LineFault {
    boolean good = text.length() <= 62 && RUST_VERSION.matcher(text).matches();
    if (!good) {
      throw new LineFault(
          LeftOutReason.INVALID,
          vers,
          "rust_version '" + Excerpt.of(text) + "' is not of the form 1.85");
    }
    return text;
  }
}
