package lazaret.vetting.gate.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Validators;
import lazaret.vetting.origin.NameOrigin;
import org.jspecify.annotations.Nullable;

/// A harmless crate that every gate must refuse, like the test button of a smoke detector. It is
/// part of the program and offered like any crate of upstream. It is old, conformant and clean, and
/// is withheld for one reason only: the built-in feed lists it as malware. A gate that serves it
/// would serve malware.
///
/// A request for it is not recorded in the queue and the download log. Its index file is stored
/// like any other.
public final class CanaryCrate {
  /// The name of the crate.
  public static final CrateName NAME = CrateName.parse("lazaret-proof-of-life");

  /// The only version of the crate. The SHA-256 is that of the output of
  /// `src/main/canary-crate/make.sh`.
  public static final CrateId ID =
      new CrateId(
          NAME,
          CrateVersion.parse("1.0.0"),
          Sha256.parse("fac81bce209e5beca0831df99fd0c92527170ac706e00470344603d3a3108bf6"));

  /// The name of the built-in feed.
  public static final String FEED_NAME = "built-in";

  private static final Bytes INDEX =
      Bytes.utf8(
          """
          {"name":"%s","vers":"%s","deps":[],"cksum":"%s","features":{},"yanked":false,"pubtime":"2020-01-01T00:00:00Z"}
          """
              .formatted(ID.name(), ID.version(), ID.cksum()));

  private static final Bytes FEED =
      Bytes.utf8(
          """
          [[advisory]]
          id = "LAZARET-PROOF-OF-LIFE"
          crate = "%s"
          kind = "malware"
          reason = "harmless: every gate must refuse it, so that the refusal can be tested"
          """
              .formatted(NAME));

  private static final String RESOURCE = "lazaret-proof-of-life-1.0.0.crate";

  private CanaryCrate() {}

  /// Returns the built-in feed. It is a local one, which does not age.
  public static Feed feed() {
    FeedSource source = new FeedSource(FEED_NAME, FeedFormat.LOCAL, "this program", Instant.EPOCH);
    return switch (FeedReader.read(source, FEED)) {
      case FeedOutcome.Read read -> read.feed();
      case FeedOutcome.Refused refused ->
          throw new IllegalStateException("the built-in feed is broken: " + refused.why());
    };
  }

  /// Returns the `.crate`.
  public static Bytes artifact() {
    try (InputStream in = CanaryCrate.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + RESOURCE);
      }
      return Bytes.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  /// Returns an upstream that has this crate and all crates of another one. Closing it closes the
  /// other one.
  public static Upstream before(Upstream upstream) {
    return new Offering(upstream);
  }

  private record Offering(Upstream upstream) implements Upstream {
    private static final Validators CURRENT = new Validators("\"" + ID.cksum() + "\"", null);

    @Override
    public IndexResponse index(CrateName name, Validators known) {
      if (!name.indexName().equals(NAME.indexName())) {
        return upstream.index(name, known);
      }
      return CURRENT.equals(known)
          ? new IndexResponse.NotModified()
          : new IndexResponse.Fresh(INDEX, CURRENT);
    }

    @Override
    public ArtifactResponse artifact(CrateId id) {
      return id.equals(ID)
          ? new ArtifactResponse.Received(new UnverifiedCrate(CanaryCrate.artifact()))
          : upstream.artifact(id);
    }

    @Override
    public NameOrigin origin(CrateName name) {
      return upstream.origin(name);
    }

    @Override
    public NameOrigin confirmedOrigin(CrateName name) {
      return upstream.confirmedOrigin(name);
    }

    @Override
    public String reservedBy(CrateName name) {
      return upstream.reservedBy(name);
    }

    @Override
    public @Nullable Predicate<String> publicKeys(String part) {
      return upstream.publicKeys(part);
    }

    @Override
    public Map<String, PublishHold> holds(CrateName name) {
      return upstream.holds(name);
    }

    @Override
    public boolean isForeign(CrateName name, Sha256 cksum) {
      return upstream.isForeign(name, cksum);
    }

    @Override
    public boolean isPrivateIndex(String address) {
      return upstream.isPrivateIndex(address);
    }

    @Override
    public int requestsPerSecond() {
      return upstream.requestsPerSecond();
    }

    @Override
    public String describe() {
      return upstream.describe();
    }

    @Override
    public void close() {
      upstream.close();
    }
  }
}
