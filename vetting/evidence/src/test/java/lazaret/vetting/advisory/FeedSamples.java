package lazaret.vetting.advisory;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import lazaret.vetting.Bytes;
import lazaret.vetting.OracleData;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// Feeds for tests: small literal ones, and the shared ones.
public final class FeedSamples {
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private FeedSamples() {}

  static Feed rustSec() {
    return read(
        new FeedSource("rustsec", null, "shared", NOW),
        OracleData.read(OracleData.path("advisories/rustsec-advisory-db.tar.gz")));
  }

  static Feed osv() {
    return read(
        new FeedSource("osv", null, "shared", NOW),
        OracleData.read(OracleData.path("osv/crates.io-all.zip")));
  }

  public static Feed read(FeedSource source, Bytes file) {
    return switch (FeedReader.read(source, file)) {
      case FeedOutcome.Read(Feed feed, List<String> _) -> feed;
      case FeedOutcome.Refused(String why) -> throw new AssertionError(why);
    };
  }

  public static Feed local(String toml) {
    return read(new FeedSource("local", FeedFormat.LOCAL, "test", NOW), Bytes.utf8(toml));
  }

  /// A feed of one record in RustSec's form.
  public static Feed rustSec(String markdown) {
    return read(new FeedSource("rustsec", FeedFormat.RUSTSEC, "test", NOW), Bytes.utf8(markdown));
  }

  /// A feed of one record in OSV's form.
  public static Feed osv(String json) {
    return read(new FeedSource("osv", FeedFormat.OSV, "test", NOW), Bytes.utf8(json));
  }

  public static Advisory only(Feed feed) {
    return Objects.requireNonNull(feed.advisories().getFirst());
  }

  static List<AdvisoryGroup> hits(AdvisorySet set, String name, String version) {
    return set.hits(CrateName.parse(name), CrateVersion.parse(version), null);
  }
}
