package lazaret.vetting.hosting.owners;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.testkit.ManualClock;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.access.Identity;
import lazaret.vetting.access.RoleMapping;
import lazaret.vetting.access.SessionLimits;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.access.SignInResult;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.Test;

class OwnerServiceTest {
  private static final String ISSUER = "https://id.example";
  private static final CrateName CORE = CrateName.parse("acme-core");
  private static final CrateOwner PLATFORM = CrateOwner.parse("group:platform");

  private final InMemoryStore store = new InMemoryStore();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-28T10:00:00Z"));
  private final TokenService tokens = new TokenService(store, clock);
  private final SessionService sessions =
      new SessionService(
          store,
          clock,
          tokens,
          new RoleMapping(
              ISSUER,
              List.of(
                  new RoleMapping.Entry("admins", RoleGrant.of(DeskRole.ADMIN)),
                  new RoleMapping.Entry("platform", RoleGrant.of(DeskRole.PUBLISH_UPDATE)),
                  new RoleMapping.Entry("all", RoleGrant.of(DeskRole.READER)))),
          SessionLimits.DEFAULT);
  private final OwnerLookup people = new OwnerLookup(sessions, tokens, List.of("mapped"));
  private final OwnerService owners = new OwnerService(store, clock, people);
  private final OwnerRights rights =
      new OwnerRights(owners, people, Map.of("release", List.of(PLATFORM)));

  private void signIn(String name, String... groups) {
    List<String> all = new ArrayList<>(List.of(groups));
    all.add("all");
    assertThat(
            sessions.signIn(
                new Identity(ISSUER, "id-" + name, name, "The " + name, null, all, null), null))
        .isInstanceOf(SignInResult.SignedIn.class);
  }

  private void create(CrateOwner... first) {
    store.commit(Batch.synced(List.of(owners.first(CORE, List.of(first), "ada", clock.instant()))));
  }

  private OwnerResult change(boolean adds, String... names) {
    return owners.change(new OwnerOrder(CORE, adds, List.of(names)), "ada");
  }

  private static Caller caller(String name, SignInMethod method, String... roles) {
    return new Caller(name, name, RoleGrants.parse(List.of(roles)), method, null, "10.0.0.1");
  }

  private static Caller person(String name, String... roles) {
    return caller(name, SignInMethod.TOKEN, roles);
  }

  private List<String> notices() {
    try (Stream<LedgerEntry> entries = store.ledger(0)) {
      return entries.map(entry -> entry.event().toString()).toList();
    }
  }

  @Test
  void addsPersonsAndGroupsOnceAndRecordsIt() {
    signIn("bob", "platform");
    create(CrateOwner.person("ada"));

    assertThat(change(true, "Bob", "group:platform"))
        .isEqualTo(
            new OwnerResult.Changed("bob, group:platform added as an owner of crate acme-core"));
    assertThat(change(true, "bob")).isInstanceOf(OwnerResult.Changed.class);

    assertThat(owners.find(CORE).orElseThrow().owners())
        .extracting(OwnerEntry::owner)
        .containsExactly("person:ada", "person:bob", "group:platform");
    assertThat(notices()).filteredOn(each -> each.contains("bob, group:platform")).hasSize(1);
  }

  @Test
  void addsAndRemovesInOneStepOrNotAtAll() {
    signIn("bob");
    create(CrateOwner.person("ada"));
    OwnerOrder adds = new OwnerOrder(CORE, true, List.of("bob"));

    assertThat(owners.change(List.of(adds, new OwnerOrder(CORE, false, List.of("eve"))), "root"))
        .isInstanceOf(OwnerResult.Refused.class);
    assertThat(owners.find(CORE).orElseThrow().names()).isEqualTo("ada");
    assertThat(notices()).noneMatch(each -> each.contains("bob"));

    // The last owner can be replaced.
    assertThat(owners.change(List.of(adds, new OwnerOrder(CORE, false, List.of("ada"))), "root"))
        .isEqualTo(
            new OwnerResult.Changed(
                "bob added as an owner of crate acme-core; ada removed from the owners of crate"
                    + " acme-core"));
    assertThat(owners.find(CORE).orElseThrow().names()).isEqualTo("bob");
  }

  @Test
  void unknownOwnersAreRefusedAndNothingChanges() {
    signIn("bob");
    create(CrateOwner.person("ada"));

    assertThat(change(true, "bob", "nobody"))
        .isInstanceOfSatisfying(
            OwnerResult.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_INPUT);
              assertThat(refused.detail()).contains("cannot add 'nobody'");
            });
    assertThat(change(true, "group:nowhere")).isInstanceOf(OwnerResult.Refused.class);
    assertThat(change(true, "group:mapped")).isInstanceOf(OwnerResult.Changed.class);
    assertThat(change(true, "a\u0007b")).isInstanceOf(OwnerResult.Refused.class);
    assertThat(change(true)).isInstanceOf(OwnerResult.Refused.class);
    assertThat(owners.find(CORE).orElseThrow().owners()).hasSize(2);
  }

  @Test
  void lastOwnerStays() {
    create(CrateOwner.person("ada"));

    assertThat(change(false, "ada"))
        .isInstanceOfSatisfying(
            OwnerResult.Refused.class,
            refused -> assertThat(refused.detail()).contains("last owner of acme-core"));
    assertThat(change(false, "bob"))
        .isInstanceOfSatisfying(
            OwnerResult.Refused.class,
            refused -> assertThat(refused.detail()).contains("which are: ada"));
  }

  @Test
  void ownersOfACrateThatDoesNotExistAreNotFound() {
    signIn("bob");

    assertThat(change(true, "bob"))
        .isInstanceOfSatisfying(
            OwnerResult.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNKNOWN));
  }

  @Test
  void lostOwnersOfACrateOfThisGateAreAddedAgain() {
    signIn("bob");
    assertThat(rights.refusal(person("bob", "publish-update"), DeskRole.PUBLISH_UPDATE, CORE))
        .hasValueSatisfying(
            why -> assertThat(why).contains("'vetting-cli private owner acme-core --add NAME'"));

    store.commit(Batch.synced(List.of(hosted("bundle:outside"))));
    assertThat(change(true, "bob")).isInstanceOf(OwnerResult.Refused.class);

    store.commit(Batch.synced(List.of(hosted(HostedName.HERE))));
    assertThat(change(true, "bob")).isInstanceOf(OwnerResult.Changed.class);
    assertThat(owners.find(CORE).orElseThrow().names()).isEqualTo("bob");
    assertThat(rights.refusal(person("bob", "publish-update"), DeskRole.PUBLISH_UPDATE, CORE))
        .isEmpty();
  }

  private Batch.Write hosted(String from) {
    return PublicationRows.put(new HostedName(CORE, clock.instant(), "ada", from));
  }

  @Test
  void thereIsALimitOfOwners() {
    create(
        IntStream.range(0, CrateOwners.MAX_OWNERS)
            .mapToObj(i -> CrateOwner.person("p" + i))
            .toArray(CrateOwner[]::new));
    signIn("bob");

    assertThat(change(true, "bob"))
        .isInstanceOfSatisfying(
            OwnerResult.Refused.class,
            refused -> assertThat(refused.detail()).contains("expected at most 100, found 101"));
  }

  @Test
  void scopeAndOwnershipAreBothNeeded() {
    signIn("bob", "platform");
    create(CrateOwner.person("ada"), PLATFORM);

    assertThat(rights.refusal(person("ada", "publish-update"), DeskRole.PUBLISH_UPDATE, CORE))
        .isEmpty();
    assertThat(rights.refusal(person("ada", "admin"), DeskRole.PUBLISH_UPDATE, CORE))
        .hasValueSatisfying(why -> assertThat(why).contains("lacks the scope publish-update"));
    assertThat(
            rights.refusal(person("ada", "publish-update:acme-x*"), DeskRole.PUBLISH_UPDATE, CORE))
        .isPresent();
    assertThat(rights.refusal(person("eve", "publish-update"), DeskRole.PUBLISH_UPDATE, CORE))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .isEqualTo(
                        "eve is not an owner of acme-core; its owners are: ada, group:platform"));
  }

  @Test
  void membersOfAGroupPublishAndYankButDoNotChangeOwners() {
    signIn("bob", "platform");
    create(CrateOwner.person("ada"), PLATFORM);
    Caller bob = person("bob", "publish-update", "yank", "change-owners");

    assertThat(rights.refusal(bob, DeskRole.PUBLISH_UPDATE, CORE)).isEmpty();
    assertThat(rights.refusal(bob, DeskRole.YANK, CORE)).isEmpty();
    assertThat(rights.refusal(bob, DeskRole.CHANGE_OWNERS, CORE))
        .hasValueSatisfying(why -> assertThat(why).contains("not an owner as a person"));
  }

  @Test
  void bindingOfAJobReplacesOwnership() {
    create(CrateOwner.person("ada"));
    Caller job = caller("ci:release", SignInMethod.EXCHANGE, "publish-update:acme-*");
    Caller creator = caller("ci:release", SignInMethod.EXCHANGE, "publish-new");
    Caller other = caller("ci:checks", SignInMethod.EXCHANGE, "publish-new");

    assertThat(rights.refusal(job, DeskRole.PUBLISH_UPDATE, CORE)).isEmpty();
    assertThat(rights.refusal(job, DeskRole.PUBLISH_UPDATE, CrateName.parse("other"))).isPresent();
    assertThat(
            rights.refusal(
                caller("ci:release", SignInMethod.EXCHANGE, "change-owners"),
                DeskRole.CHANGE_OWNERS,
                CORE))
        .contains("a CI job cannot change the owners of acme-core");
    assertThat(rights.firstOwners(creator)).containsExactly(PLATFORM);
    assertThat(rights.refusalOfNew(creator, CORE)).isEmpty();
    assertThat(rights.refusalOfNew(other, CORE)).isPresent();
    // A token of a person with such a name is not a job.
    assertThat(
            rights.refusal(person("ci:release", "publish-update"), DeskRole.PUBLISH_UPDATE, CORE))
        .isPresent();
  }

  @Test
  void callerThatActsForAGroupHasItsRightsAlone() {
    create(PLATFORM);
    Caller root = Caller.local("local:root");
    Caller group = OwnerRights.actingFor(PLATFORM, root);

    assertThat(rights.refusal(group, DeskRole.PUBLISH_UPDATE, CORE)).isEmpty();
    assertThat(rights.refusal(group, DeskRole.YANK, CORE)).isEmpty();
    assertThat(rights.refusal(group, DeskRole.CHANGE_OWNERS, CORE)).isPresent();
    assertThat(rights.firstOwners(group)).containsExactly(PLATFORM);
    assertThat(
            rights.refusal(
                OwnerRights.actingFor(CrateOwner.parse("group:other"), root),
                DeskRole.PUBLISH_UPDATE,
                CORE))
        .isPresent();
    // A person or a job with such a name is not the group.
    for (SignInMethod method :
        List.of(SignInMethod.TOKEN, SignInMethod.BROWSER, SignInMethod.EXCHANGE)) {
      Caller named = caller("group:platform", method, "publish-new", "publish-update");
      assertThat(rights.refusal(named, DeskRole.PUBLISH_UPDATE, CORE)).as("%s", method).isPresent();
      assertThat(rights.firstOwners(named))
          .as("%s", method)
          .containsExactly(CrateOwner.person("group:platform"));
    }
  }

  @Test
  void nextAccountWithTheNameOfARemovedPersonOwnsNothing() {
    signIn("bob");
    create(CrateOwner.person("bob"));

    assertThat(owners.removePerson("bob", "admin")).isEqualTo(1);

    assertThat(rights.refusal(person("bob", "yank"), DeskRole.YANK, CORE))
        .hasValueSatisfying(why -> assertThat(why).contains("its owners are: none"));
    assertThat(owners.removePerson("bob", "admin")).isZero();
  }

  @Test
  void idsAreStableAndFitIntoUnsignedNumbers() {
    assertThat(CrateOwner.person("ada").id())
        .isNotNegative()
        .isEqualTo(CrateOwner.parse("person:ada").id())
        .isNotEqualTo(CrateOwner.parse("group:ada").id());
    assertThat(CrateOwner.parse("group:platform").login()).isEqualTo("group:platform");
    assertThat(CrateOwner.parse("person:ada").login()).isEqualTo("ada");
  }
}
