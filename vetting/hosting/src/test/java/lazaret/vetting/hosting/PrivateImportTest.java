package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.hosting.PrivateImportReply;
import lazaret.vetting.deskapi.hosting.PrivateImportReply.Outcome;
import lazaret.vetting.deskapi.hosting.PrivateImportRequest;
import lazaret.vetting.hosting.api.PrivateImportHandlers;
import lazaret.vetting.hosting.owners.OwnerEntry;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.PrivatePolicy;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The import of archives of another registry by an administrator.
class PrivateImportTest {
  private static final Caller ROOT = Caller.local("local:root");

  private final HostingFixture fixture = new HostingFixture();
  private final PrivateImportHandlers handlers =
      new PrivateImportHandlers(fixture.hosted, fixture.people);

  PrivateImportTest() {
    fixture.tokens.create("ada", RoleGrants.of(DeskRole.READER), null, "test");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private PrivateImportReply take(CrateBuilder crate, boolean yanked, boolean dryRun) {
    return handlers.take(request(crate, "ada", yanked, dryRun), ROOT);
  }

  private PrivateImportReply takeFor(String owner, CrateBuilder crate, boolean yanked) {
    return handlers.take(request(crate, owner, yanked, false), ROOT);
  }

  private static PrivateImportRequest request(
      CrateBuilder crate, String owner, boolean yanked, boolean dryRun) {
    return new PrivateImportRequest(
        CrateName.parse(crate.name()),
        CrateVersion.parse(crate.version()),
        owner,
        yanked,
        dryRun,
        crate.build());
  }

  /// Returns a crate that depends on private ones, each with the address of its registry.
  private static CrateBuilder needing(String name, String... addresses) {
    StringBuilder manifest =
        new StringBuilder("[package]\nname = \"%s\"\nversion = \"1.0.0\"\n".formatted(name));
    for (int i = 0; i < addresses.length; i++) {
      manifest.append(
          "[dependencies.acme-d%d]\nversion = \"1\"\nregistry-index = \"%s\"\n"
              .formatted(i, addresses[i]));
    }
    return crate(name, "1.0.0").manifest(manifest.toString());
  }

  private Outcome taken(CrateBuilder crate) {
    return take(crate, false, false).outcome();
  }

  @Test
  void archiveIsPublishedForItsOwnerAndASecondRunGoesOn() {
    fixture.hold(PrivatePolicy.Hold.NONE);

    assertThat(taken(crate("acme-core", "1.0.0"))).isEqualTo(Outcome.PUBLISHED);
    fixture.clock.advance(Duration.ofHours(2));
    assertThat(taken(crate("acme-core", "1.0.0"))).isEqualTo(Outcome.PRESENT);
    assertThat(take(crate("acme-core", "1.1.0"), true, false).outcome())
        .isEqualTo(Outcome.PUBLISHED);

    assertThat(fixture.index("acme-core"))
        .contains("\"vers\":\"1.0.0\"", "\"vers\":\"1.1.0\"", "\"yanked\":true");
    Publication first = fixture.hosted.rows().versions(CrateName.parse("acme-core")).getFirst();
    assertThat(first.provenance().publisher()).isEqualTo("ada");
    assertThat(first.provenance().userAgent()).contains("by local:root");
    assertThat(fixture.publish(HostingFixture.ADA, "acme-core", "1.2.0"))
        .isInstanceOf(PublishResult.Accepted.class);
  }

  /// The person who supplied the bytes does not release them alone.
  @Test
  void administratorWhoImportedAVersionDoesNotApproveIt() {
    fixture.hold(PrivatePolicy.Hold.EVERY);
    assertThat(taken(crate("acme-core", "1.0.0"))).isEqualTo(Outcome.HELD);
    Publication held = fixture.hosted.rows().versions(CrateName.parse("acme-core")).getFirst();
    assertThat(held.provenance().administrator()).isEqualTo("local:root");

    for (String act : List.of("local:root imported it", "ada published it")) {
      String person = act.substring(0, act.indexOf(' '));
      assertThat(fixture.decide(Decision.Kind.APPROVE, held.id(), person).refused())
          .singleElement()
          .satisfies(refused -> assertThat(refused.detail()).contains(act));
    }
    assertThat(fixture.decide(Decision.Kind.APPROVE, held.id(), "bob").recorded()).hasSize(1);
  }

  @Test
  void dryRunMakesTheChecksAndStoresNothing() {
    fixture.hold(PrivatePolicy.Hold.EVERY);

    assertThat(take(crate("acme-core", "1.0.0"), true, true).outcome()).isEqualTo(Outcome.HELD);
    assertThatThrownBy(() -> take(crate("serde", "1.0.0"), false, true))
        .isInstanceOf(ProblemException.class);

    assertThat(fixture.hosted.rows().names()).isEmpty();
    assertThat(fixture.notices())
        .doesNotContain(Notice.Kind.VERSION_PUBLISHED, Notice.Kind.VERSION_HELD);
    assertThat(fixture.index("acme-core")).startsWith("404");
  }

  @Test
  void versionWaitsForTheCratesThatItNeeds() {
    fixture.hold(PrivatePolicy.Hold.NONE);
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

    assertThat(take(app, false, true).missing()).containsExactly("acme-core");
    assertThat(take(app, false, false).outcome()).isEqualTo(Outcome.WAITING);
    assertThat(fixture.hosted.rows().names()).isEmpty();

    assertThat(taken(crate("acme-core", "1.0.0"))).isEqualTo(Outcome.PUBLISHED);
    assertThat(taken(app)).isEqualTo(Outcome.PUBLISHED);
  }

  @Test
  void rulesOfAPublicationHold() {
    fixture.hold(PrivatePolicy.Hold.NONE);
    assertThat(taken(crate("acme-core", "1.0.0"))).isEqualTo(Outcome.PUBLISHED);

    assertThatThrownBy(() -> taken(crate("acme-core", "1.0.0").file("new.rs", "")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("published already");
    assertThatThrownBy(
            () ->
                handlers.take(
                    new PrivateImportRequest(
                        CrateName.parse("acme-other"),
                        CrateVersion.parse("1.0.0"),
                        "ada",
                        false,
                        false,
                        crate("acme-core", "2.0.0").build()),
                    ROOT))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void groupOwnsWhatIsImportedForIt() {
    fixture.hold(PrivatePolicy.Hold.NONE);

    assertThat(takeFor("group:platform", crate("acme-core", "1.0.0"), false).outcome())
        .isEqualTo(Outcome.PUBLISHED);
    assertThat(takeFor("group:platform", crate("acme-core", "1.1.0"), true).outcome())
        .isEqualTo(Outcome.PUBLISHED);
    assertThat(takeFor("group:platform", crate("acme-core", "1.1.0"), true).outcome())
        .isEqualTo(Outcome.PRESENT);

    CrateName core = CrateName.parse("acme-core");
    assertThat(fixture.owners.find(core).orElseThrow().owners())
        .extracting(OwnerEntry::owner)
        .containsExactly("group:platform");
    assertThat(fixture.hosted.rows().versions(core))
        .allSatisfy(
            each -> {
              assertThat(each.provenance().publisher()).isEqualTo("group:platform");
              assertThat(each.provenance().userAgent()).contains("by local:root");
            });
    assertThat(fixture.index("acme-core")).contains("\"yanked\":true");
    // Neither another owner nor a person who is not a member has the rights of the group.
    assertThatThrownBy(() -> takeFor("ada", crate("acme-core", "1.2.0"), false))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ada is not an owner of acme-core; its owners are: group:platform");
    assertThat(fixture.publish(HostingFixture.ADA, "acme-core", "1.2.0"))
        .isInstanceOf(PublishResult.Refused.class);
  }

  @Test
  void unknownOwnersAreRefused() {
    for (String owner : List.of("nobody", "group:nowhere", "group:ada")) {
      assertThatThrownBy(() -> takeFor(owner, crate("acme-new", "1.0.0"), false))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN))
          .hasMessageContaining("cannot import for '%s'", owner)
          .hasMessageContaining("expected a person")
          .hasMessageContaining("group:NAME");
    }
    assertThat(fixture.hosted.rows().names()).isEmpty();
  }

  @Test
  void dependenciesOnUnknownRegistriesAreListedAndNothingIsStored() {
    fixture.hold(PrivatePolicy.Hold.NONE);
    String other = "sparse+https://other.example/index/";
    String third = "https://third.example/git/index";
    CrateBuilder app = needing("acme-app", other, third, HostingFixture.FORMER, other, "a b");

    for (boolean dryRun : new boolean[] {true, false}) {
      PrivateImportReply reply = take(app, false, dryRun);
      assertThat(reply.outcome()).isEqualTo(Outcome.FOREIGN);
      assertThat(reply.registries()).containsExactly(other, third);
      assertThat(reply.reason()).contains(other, "private.former-addresses");
    }
    assertThat(fixture.hosted.rows().names()).isEmpty();

    PrivateImportReply former =
        take(needing("acme-app", "sparse+" + HostingFixture.FORMER), false, true);
    assertThat(former.missing()).containsExactly("acme-d0");
    assertThat(former.registries()).isEmpty();
  }
}
