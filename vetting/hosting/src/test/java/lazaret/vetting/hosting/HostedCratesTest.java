package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.BOB;
import static lazaret.vetting.hosting.HostingFixture.JOB;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.hosting.PublishResult.Cause;
import lazaret.vetting.hosting.PublishResult.Held;
import lazaret.vetting.hosting.PublishResult.Refused;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationState;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.PrivatePolicy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.takeover.NameVariants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostedCratesTest {
  private final HostingFixture fixture = new HostingFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private CrateId accepted(CrateBuilder crate) {
    assertThat(fixture.publish(ADA, crate)).isInstanceOf(Accepted.class);
    return crate.id();
  }

  private static void assertRefused(PublishResult result, Cause cause, String detail) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.cause()).isEqualTo(cause);
              assertThat(refused.detail()).contains(detail);
            });
  }

  @Test
  void aPublishedVersionIsServedAtOnceAndInItsOwnRegistryOnly() {
    CrateId id = accepted(crate("acme-core", "0.1.0"));

    assertThat(fixture.index("acme-core"))
        .contains("\"vers\":\"0.1.0\"", id.cksum().hex(), "\"yanked\":false")
        .endsWith("\n");
    assertThat(fixture.download(id))
        .isInstanceOfSatisfying(
            DownloadOutcome.Served.class,
            served -> assertThat(served.bytes()).isEqualTo(crate("acme-core", "0.1.0").build()));
    assertThat(fixture.publicIndex("acme-core")).startsWith("404").contains("private crate");
    assertThat(fixture.upstream.asked).isEmpty();
    assertThat(fixture.notices()).contains(Notice.Kind.VERSION_PUBLISHED);
  }

  @Test
  void aPrivateVersionWaitsForNoAgeAndIsRefreshedWithoutUpstream() {
    CrateId id = accepted(crate("acme-core", "0.1.0"));
    fixture.clock.advance(Duration.ofHours(1));

    assertThat(fixture.index("acme-core")).contains("\"yanked\":false");
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(fixture.upstream.asked).isEmpty();
  }

  @Test
  void versionsAreAppendedAndTheFirstLineStaysAsItIs() {
    CrateId _ = accepted(crate("Acme-Core", "2.0.0"));
    String first = fixture.index("acme-core");
    fixture.clock.advance(Duration.ofMinutes(1));

    CrateId _ = accepted(crate("Acme-Core", "1.0.0"));

    assertThat(fixture.index("acme-core")).startsWith(first).contains("\"vers\":\"1.0.0\"");
    assertThat(fixture.index("acme_core")).contains("there is no 'acme_core'");
  }

  @Test
  void aVersionIsPublishedOnceAlsoWithOtherBuildMetadata() {
    CrateId _ = accepted(crate("acme-core", "1.0.0+a"));
    fixture.clock.advance(Duration.ofHours(2));

    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0+b")), Cause.INVALID, "published already");
    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0")), Cause.INVALID, "published already");
    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0+a").file("new.rs", "")),
        Cause.INVALID,
        "published already");
  }

  @Test
  void theArchiveSaysNameAndVersion() {
    CrateBuilder other =
        crate("acme-core", "1.0.0")
            .manifest("[package]\nname = \"acme-other\"\nversion = \"1.0.0\"\n");
    assertRefused(fixture.publish(ADA, other), Cause.INVALID, "Cargo.toml says acme-other");
    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0").withoutManifest()),
        Cause.INVALID,
        "expected one file Cargo.toml");
    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0").file("cargo.TOML", "")),
        Cause.INVALID,
        "");
    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0").traversal()), Cause.INVALID, "problem");
    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0").behind(Bytes.utf8("something"))),
        Cause.INVALID,
        "problem");
    assertThat(fixture.origins.of(crate("acme-core", "1.0.0").id().name()))
        .isEqualTo(NameOrigin.RESERVED);
    assertThat(fixture.index("acme-core")).startsWith("404");
  }

  @Test
  void largeArchivesNeedALimitOfTheirOwn() {
    byte[] noise = new byte[2 << 20];
    new Random(22).nextBytes(noise);

    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0").file("noise.bin", noise)),
        Cause.TOO_LARGE,
        "private.max-size");
    assertThat(fixture.publish(ADA, crate("acme-large", "1.0.0").file("noise.bin", noise)))
        .isNotInstanceOf(Refused.class);
  }

  @Test
  void namesBelongToOneRegistry() {
    assertRefused(fixture.publish(ADA, "std", "1.0.0"), Cause.INVALID, "no crate can have");
    assertRefused(fixture.publish(ADA, "lpt3", "1.0.0"), Cause.INVALID, "no crate can have");
    assertRefused(fixture.publish(ADA, "internal-x", "1.0.0"), Cause.FORBIDDEN, "reserved");
    assertRefused(fixture.publish(ADA, "acme-public", "1.0.0"), Cause.FORBIDDEN, "public registry");
    assertRefused(fixture.publish(ADA, "serde", "1.0.0"), Cause.FORBIDDEN, "public registry");
    assertRefused(fixture.publish(ADA, "unlisted", "1.0.0"), Cause.UNAVAILABLE, "list");
    CrateId _ = accepted(crate("acme-core", "1.0.0"));
    assertRefused(
        fixture.publish(ADA, "acme_core", "1.1.0"), Cause.INVALID, "is named 'acme-core'");
    CrateId _ = accepted(crate("solo-crate", "1.0.0"));
    assertThat(fixture.upstream.asked).isEmpty();
  }

  @Test
  void aStoredPublicCrateStaysPublic() {
    CrateId _ =
        fixture.upstream.registry.publish(
            crate("solo-crate", "0.1.0"), HostingFixture.START.minus(Duration.ofDays(100)));
    assertThat(fixture.publicIndex("solo-crate")).contains("0.1.0");

    assertRefused(fixture.publish(ADA, "solo-crate", "1.0.0"), Cause.FORBIDDEN, "public registry");
    assertThat(fixture.index("solo-crate")).startsWith("404");
  }

  /// The operator adds a pattern that a stored public crate has already.
  @Test
  void aStoredPublicCrateWithAReservedNameIsKeptAndNotServed() {
    HostingFixture other = HostingFixture.withoutPatterns(fixture.store);
    CrateId id =
        other.upstream.registry.publish(
            crate("acme-early", "0.1.0"), HostingFixture.START.minus(Duration.ofDays(100)));
    assertThat(other.publicIndex("acme-early")).contains("0.1.0");

    fixture.clock.advance(Duration.ofDays(2));
    assertThat(fixture.publicIndex("acme-early")).startsWith("404").contains("reserved");
    assertThat(fixture.index("acme-early")).startsWith("404");
    assertRefused(fixture.publish(ADA, "acme-early", "1.0.0"), Cause.FORBIDDEN, "public registry");

    assertThat(fixture.upstream.asked).isEmpty();
    assertThat(fixture.store.crate(id.name()).orElseThrow().lines())
        .allMatch(line -> line.missingSince() == null && line.removedSince() == null);
    assertThat(other.publicIndex("acme-early")).contains("0.1.0");
  }

  @Test
  void scopesAndOwnersArePermittedOnly() {
    assertRefused(
        fixture.publish(
            HostingFixture.person("eve", "publish-update"), crate("acme-core", "1.0.0")),
        Cause.FORBIDDEN,
        "publish-new");
    CrateId _ = accepted(crate("acme-core", "1.0.0"));
    assertRefused(fixture.publish(BOB, "acme-core", "1.1.0"), Cause.FORBIDDEN, "not an owner");
    assertRefused(fixture.yank(BOB, "acme-core", "1.0.0", true), Cause.FORBIDDEN, "not an owner");
    assertRefused(
        fixture.publish(
            HostingFixture.person("ada", "publish-update:acme-other"), crate("acme-core", "1.1.0")),
        Cause.FORBIDDEN,
        "publish-update");
  }

  @Test
  void aCrateOfAJobBelongsToTheOwnersOfItsBinding() {
    assertThat(fixture.publish(JOB, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);

    assertThat(fixture.owners.find(crate("acme-core", "1.0.0").id().name()).orElseThrow().owners())
        .extracting(each -> each.owner())
        .containsExactly("group:platform");
    assertRefused(fixture.publish(JOB, "solo-crate", "1.0.0"), Cause.FORBIDDEN, "publish-new");
  }

  @Test
  void aHeldVersionWaitsForAnotherPerson() {
    fixture.hold(PrivatePolicy.Hold.EVERY);
    CrateId id = crate("acme-core", "1.0.0").id();

    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Held.class);

    assertThat(fixture.index("acme-core")).contains("\"yanked\":true");
    assertThat(fixture.download(id))
        .isInstanceOfSatisfying(
            DownloadOutcome.Withheld.class,
            withheld ->
                assertThat(withheld.verdict().reason().code()).isEqualTo(Reason.Code.PUBLISH_HELD));
    assertThat(fixture.store.request(id.name(), id.version())).isPresent();
    assertThat(fixture.decide(Decision.Kind.APPROVE, id, "ada").refused())
        .extracting(refused -> refused.detail())
        .first()
        .asString()
        .contains("ada published it");
    assertThat(fixture.decide(Decision.Kind.APPROVE, id, "bob").recorded()).hasSize(1);

    assertThat(fixture.index("acme-core")).contains("\"yanked\":false");
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(fixture.store.request(id.name(), id.version())).isEmpty();
    assertThat(fixture.notices())
        .contains(Notice.Kind.VERSION_HELD)
        .doesNotContain(Notice.Kind.YANKED_UPSTREAM, Notice.Kind.UNYANKED_UPSTREAM);
  }

  @Test
  void aLaterPolicyHoldsNoVersionThatBuildsUse() {
    CrateId id = accepted(crate("acme-core", "1.0.0"));

    fixture.hold(PrivatePolicy.Hold.EVERY);

    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void aYankOfAHeldVersionDoesNotReleaseIt() {
    fixture.hold(PrivatePolicy.Hold.EVERY);
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Held.class);

    assertThat(fixture.yank(ADA, "acme-core", "1.0.0", true)).isInstanceOf(Accepted.class);
    assertThat(fixture.yank(ADA, "acme-core", "1.0.0", false)).isInstanceOf(Accepted.class);

    assertThat(fixture.index("acme-core")).contains("\"yanked\":true");
  }

  @Test
  void aNewNameThatResemblesAnothersIsHeld() {
    CrateId _ = accepted(crate("acme-parser", "1.0.0"));

    assertThat(fixture.publish(BOB, crate("acme-parsers", "1.0.0")))
        .isInstanceOfSatisfying(
            Held.class, held -> assertThat(held.reason()).contains("resembles 'acme_parser'"));
    // It resembles the name of its owner alone.
    assertThat(NameVariants.of(CrateName.parse("acme-sparser")))
        .containsKey("acme_parser")
        .doesNotContainKey("acme_parsers");
    assertThat(fixture.publish(ADA, crate("acme-sparser", "1.0.0")))
        .as("the names of one owner may resemble each other")
        .isInstanceOf(Accepted.class);
  }

  /// Otherwise a second upload would pass the hold of the first one.
  @Test
  void aNameThatResemblesAnothersIsHeldUntilAVersionIsApproved() {
    CrateId _ = accepted(crate("acme-parser", "1.0.0"));
    assertThat(fixture.publish(BOB, crate("acme-parsers", "1.0.0"))).isInstanceOf(Held.class);

    assertThat(fixture.publish(BOB, crate("acme-parsers", "1.0.1"))).isInstanceOf(Held.class);

    CrateId id = crate("acme-parsers", "1.0.1").id();
    assertThat(fixture.decide(Decision.Kind.APPROVE, id, "ada").recorded()).hasSize(1);
    assertThat(fixture.publish(BOB, crate("acme-parsers", "1.0.2"))).isInstanceOf(Accepted.class);
  }

  @Test
  void aNewCrateIsHeldUntilAVersionIsApproved() {
    CrateId _ = accepted(crate("acme-old", "1.0.0"));
    fixture.hold(PrivatePolicy.Hold.NEW_CRATES);
    for (String version : List.of("0.1.0", "0.1.1")) {
      assertThat(fixture.publish(ADA, crate("acme-core", version))).isInstanceOf(Held.class);
    }
    CrateId id = crate("acme-core", "0.1.0").id();
    assertThat(fixture.decide(Decision.Kind.APPROVE, id, "bob").recorded()).hasSize(1);

    CrateId _ = accepted(crate("acme-core", "0.1.2"));
    CrateId _ = accepted(crate("acme-old", "1.0.1"));
  }

  /// The owners that a binding names own the other crate, too.
  @Test
  void theNamesOfAJobMayResembleThoseOfItsOwners() {
    assertThat(fixture.publish(JOB, crate("acme-parser", "1.0.0"))).isInstanceOf(Accepted.class);

    assertThat(fixture.publish(JOB, crate("acme-parsers", "1.0.0"))).isInstanceOf(Accepted.class);
  }

  @Test
  void yankAndItsEndChangeTheLineAndNothingElse() {
    CrateId id = accepted(crate("acme-core", "1.0.0"));
    String line = fixture.index("acme-core");

    for (int i = 0; i < 2; i++) {
      assertThat(fixture.yank(ADA, "acme-core", "1.0.0", true)).isInstanceOf(Accepted.class);
      assertThat(fixture.index("acme-core"))
          .isEqualTo(line.replace("\"yanked\":false", "\"yanked\":true"));
    }
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    for (int i = 0; i < 2; i++) {
      assertThat(fixture.yank(ADA, "acme-core", "1.0.0", false)).isInstanceOf(Accepted.class);
      assertThat(fixture.index("acme-core")).isEqualTo(line);
    }
    assertThat(fixture.notices())
        .containsOnlyOnce(Notice.Kind.VERSION_YANKED_HERE, Notice.Kind.VERSION_UNYANKED_HERE)
        .doesNotContain(Notice.Kind.YANKED_UPSTREAM, Notice.Kind.YANK_WAVE);
    assertRefused(fixture.yank(ADA, "acme-core", "9.0.0", true), Cause.ABSENT, "9.0.0");
    assertRefused(fixture.yank(ADA, "acme-none", "1.0.0", true), Cause.ABSENT, "acme-none");
  }

  @Test
  void severalYanksAndANewVersionAreNoTakeover() {
    for (String version : List.of("1.0.0", "1.1.0", "1.2.0")) {
      CrateId _ = accepted(crate("acme-core", version));
    }
    PublishResult _ = fixture.yank(ADA, "acme-core", "1.0.0", true);
    PublishResult _ = fixture.yank(ADA, "acme-core", "1.1.0", true);

    CrateId id = accepted(crate("acme-core", "1.3.0"));

    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(fixture.index("acme-core").lines().filter(l -> l.contains("\"yanked\":true")))
        .hasSize(2);
  }

  @Test
  void aDeletedVersionLeavesItsLineAndItsNumber() {
    CrateId id = accepted(crate("acme-core", "1.0.0"));
    CrateId kept = accepted(crate("acme-core", "1.1.0"));

    Publication deleted =
        fixture
            .hosted
            .changes()
            .delete(ADA, id.name(), id.version(), "it has a password")
            .orElseThrow()
            .version();

    assertThat(deleted.state()).isEqualTo(PublicationState.DELETED);
    assertThat(fixture.index("acme-core"))
        .contains(id.cksum().hex())
        .containsOnlyOnce("\"yanked\":true");
    assertThat(fixture.store.hasArtifact(id.cksum())).isFalse();
    assertThat(fixture.download(id))
        .isInstanceOfSatisfying(
            DownloadOutcome.Withheld.class,
            withheld ->
                assertThat(withheld.verdict().reason().detail()).contains("it has a password"));
    assertThat(fixture.download(kept)).isInstanceOf(DownloadOutcome.Served.class);
    assertRefused(fixture.publish(ADA, "acme-core", "1.0.0"), Cause.INVALID, "was deleted");
    assertRefused(fixture.yank(ADA, "acme-core", "1.0.0", false), Cause.INVALID, "deleted");
    assertThat(fixture.notices()).contains(Notice.Kind.VERSION_DELETED);
    assertThatThrownBy(() -> fixture.hosted.changes().delete(ADA, kept.name(), kept.version(), " "))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aDependencyOnThisRegistryMustExist() {
    CrateBuilder app =
        crate("acme-app", "1.0.0")
            .manifest(
                """
                [package]
                name = "acme-app"
                version = "1.0.0"
                [dependencies.acme-core]
                version = "1"
                registry-index = "sparse+%s"
                """
                    .formatted(HostingFixture.INDEX));
    assertRefused(fixture.publish(ADA, app), Cause.INVALID, "has no such crate");
    CrateId _ = accepted(crate("acme-core", "1.0.0"));

    CrateId _ = accepted(app);

    assertThat(fixture.index("acme-app"))
        .contains("\"name\":\"acme-core\",\"req\":\"^1\"")
        .doesNotContain("crates.io-index");
  }

  @Test
  void aDependencyOnAPrivateNameNamesItsRegistry() {
    CrateId _ = accepted(crate("acme-core", "1.0.0"));
    for (String name : List.of("acme-core", "ACME_core", "acme-future", "internal-x")) {
      CrateBuilder app =
          crate("acme-app", "1.0.0")
              .manifest(
                  """
                  [package]
                  name = "acme-app"
                  version = "1.0.0"
                  [dependencies]
                  %s = "1"
                  """
                      .formatted(name));

      assertRefused(fixture.publish(ADA, app), Cause.INVALID, "add 'registry'");
    }
  }

  @Test
  void aVersionWithATooLongRowLeavesItsNamePublic() {
    StringBuilder manifest =
        new StringBuilder("[package]\nname = \"solo-crate\"\nversion = \"1.0.0\"\n[features]\n");
    String names =
        IntStream.range(5, 300)
            .mapToObj(i -> "\"f" + i + "x".repeat(100) + "\"")
            .collect(Collectors.joining(", "));
    for (int i = 0; i < 300; i++) {
      manifest.append("f%d%s = [%s]\n".formatted(i, "x".repeat(100), i < 5 ? names : ""));
    }
    CrateBuilder crate = crate("solo-crate", "1.0.0").manifest(manifest.toString());

    assertRefused(fixture.publish(ADA, crate), Cause.INVALID, "bytes of metadata");

    assertThat(fixture.origins.of(crate.id().name())).isEqualTo(NameOrigin.PUBLIC);
  }

  @Test
  void aYankFindsTheCrateInEachSpelling() {
    CrateId _ = accepted(crate("acme-core", "1.0.0"));

    assertThat(fixture.yank(ADA, "Acme_Core", "1.0.0", true)).isInstanceOf(Accepted.class);
    assertThat(fixture.index("acme-core")).contains("\"yanked\":true");
  }

  /// The verdict withholds the version, and not the policy for publishing.
  @Test
  void aVersionThatIsRefusedAtOnceWaitsForAnotherPersonToo() {
    fixture.hold(PrivatePolicy.Hold.NONE);
    fixture.tested.rules.change(
        book -> book.with(AdvisorySet.of(List.of(feed(FeedFormat.LOCAL, "acme-core")))));
    CrateId id = crate("acme-core", "1.0.0").id();

    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Held.class);

    assertThat(fixture.hosted.rows().versions(id.name()))
        .extracting(Publication::state)
        .containsExactly(PublicationState.HELD);
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  @Test
  void oneOfSeveralUploadsOfAVersionWins() throws ExecutionException, InterruptedException {
    List<Future<PublishResult>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        CrateBuilder each = crate("acme-core", "1.0.0").file("number.rs", "// " + i + "\n");
        results.add(threads.submit(() -> fixture.publish(ADA, each)));
      }
    }
    int won = 0;
    for (Future<PublishResult> each : results) {
      won += each.get() instanceof Accepted ? 1 : 0;
    }

    assertThat(won).isEqualTo(1);
    assertThat(fixture.index("acme-core").lines()).hasSize(1);
  }

  private static Feed feed(FeedFormat format, String crate) {
    FeedSource source = new FeedSource("list", FeedFormat.LOCAL, "a test", HostingFixture.START);
    FeedOutcome read =
        FeedReader.read(
            source,
            Bytes.utf8(
                """
                [[advisory]]
                id = "ACME-1"
                crate = "%s"
                kind = "malware"
                reason = "for a test"
                """
                    .formatted(crate)));
    Feed local = ((FeedOutcome.Read) read).feed();
    FeedInfo info = local.info();
    return new Feed(
        new FeedInfo(
            info.name(),
            format,
            info.origin(),
            info.asOf(),
            info.newest(),
            info.records(),
            info.skipped()),
        local.advisories());
  }

  @Test
  void anAdvisoryOfAPublicFeedMeansAPublicCrate() {
    CrateId id = accepted(crate("acme-core", "1.0.0"));

    fixture.tested.rules.change(
        book -> book.with(AdvisorySet.of(List.of(feed(FeedFormat.OSV, "acme-core")))));
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(fixture.index("acme-core")).contains("\"yanked\":false");

    fixture.tested.rules.change(
        book -> book.with(AdvisorySet.of(List.of(feed(FeedFormat.LOCAL, "acme-core")))));
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(fixture.index("acme-core")).contains("\"yanked\":true");
  }

  @Test
  void aPublicRecordWithAPrivateNameIsAnAlarmOnce() {
    CrateId id = accepted(crate("acme-core", "1.0.0"));
    FeedSource osv = new FeedSource("osv", FeedFormat.OSV, "a test", HostingFixture.START);
    FeedService.FeedDelivery delivery =
        new FeedService.FeedDelivery(osv, Validators.NONE, false, "a test");
    Bytes record =
        Bytes.utf8(
            """
            {"schema_version":"1.6.0","id":"MAL-2026-1","modified":"2026-11-30T10:00:00Z",
            "summary":"malware","affected":[{"package":{"ecosystem":"crates.io","name":"acme_core"},
            "ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}
            """);

    for (int i = 0; i < 2; i++) {
      FeedUpdateReport _ = fixture.tested.desk.feeds().accept(delivery, record);
    }

    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(fixture.notices()).containsOnlyOnce(Notice.Kind.PRIVATE_NAME_ADVISED);
  }
}
