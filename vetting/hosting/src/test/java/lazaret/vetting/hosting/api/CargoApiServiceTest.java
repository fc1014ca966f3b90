package lazaret.vetting.hosting.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.access.SessionLimits;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.hosting.PublishOrder;
import lazaret.vetting.hosting.PublishResult;
import lazaret.vetting.hosting.PublishService;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.hosting.owners.CrateOwner;
import lazaret.vetting.hosting.owners.OwnerLookup;
import lazaret.vetting.hosting.owners.OwnerRights;
import lazaret.vetting.hosting.owners.OwnerService;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Provenance;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationCodec;
import lazaret.vetting.hosting.record.PublicationMetadata;
import lazaret.vetting.hosting.record.PublicationState;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import lazaret.vetting.search.CrateSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CargoApiServiceTest {
  private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");
  private static final CrateName CORE = CrateName.parse("acme-core");
  private static final CrateId ID =
      new CrateId(CORE, CrateVersion.parse("1.0.0"), Sha256.of(Bytes.utf8("a")));

  private final InMemoryStore store = new InMemoryStore();
  private final ManualClock clock = new ManualClock(AT);
  private final TokenService tokens = new TokenService(store, clock);
  private final SessionService sessions =
      new SessionService(store, clock, tokens, null, SessionLimits.DEFAULT);
  private final OwnerLookup people = new OwnerLookup(sessions, tokens, List.of());
  private final OwnerService owners = new OwnerService(store, clock, people);
  private final FixedPublishing publishing = new FixedPublishing();
  private final CargoApiService api =
      new CargoApiService(
          publishing,
          new HostedSearch(
              store,
              new StoredNameOrigins(
                  store, new PatternOrigins(List.of(), List.of(), List.of()), false)),
          new CargoApiService.Owning(owners, new OwnerRights(owners, people, Map.of()), people));

  /// Answers each change as the test says.
  private static final class FixedPublishing implements PublishService {
    private final List<PublishOrder> orders = new ArrayList<>();
    private PublishResult result = new PublishResult.Accepted(ID, List.of());

    @Override
    public PublishResult publish(PublishOrder order) {
      orders.add(order);
      return result;
    }

    @Override
    public PublishResult yank(Caller by, CrateName name, CrateVersion version, boolean yanked) {
      return result;
    }
  }

  private static Caller caller(String name, SignInMethod method) {
    return new Caller(
        name,
        name,
        RoleGrants.of(DeskRole.PUBLISH_NEW, DeskRole.CHANGE_OWNERS),
        method,
        null,
        "10.0.0.1");
  }

  private static final Caller ADA = caller("ada", SignInMethod.TOKEN);

  private ApiReply publish(Caller by) {
    return api.publish(
        new UploadRequest(
            by,
            null,
            "cargo/1.95.0",
            PublishBodyTest.body("{\"name\":\"acme-core\",\"vers\":\"1.0.0\"}", new byte[] {7})));
  }

  private void store(CrateName name, @Nullable String description, String version) {
    CrateId id = new CrateId(name, CrateVersion.parse(version), Sha256.of(Bytes.utf8(version)));
    Publication publication =
        new Publication(
            id,
            "{\"name\":\"" + name.published() + "\"}",
            PublicationState.LIVE,
            AT,
            new Provenance("ada", "ada", null, null, null),
            new PublicationMetadata(
                description, null, null, null, null, null, null, List.of(), List.of()),
            null);
    HostedName hosted = new HostedName(name, AT, "ada", HostedName.HERE);
    store.commit(
        Batch.synced(
            List.of(
                new Write.PutDeskRow(
                    new DeskRow(
                        DeskTable.PUBLICATIONS,
                        publication.key(),
                        PublicationCodec.encode(publication))),
                new Write.PutDeskRow(
                    new DeskRow(DeskTable.NAMES, hosted.key(), PublicationCodec.encode(hosted))))));
  }

  @Test
  void successHasTheThreeListsOfWarnings() {
    publishing.result = new PublishResult.Accepted(ID, List.of("a path was dropped"));

    assertThat(publish(ADA))
        .isEqualTo(
            new ApiReply(
                200,
                Bytes.utf8(
                    "{\"warnings\":{\"invalid_categories\":[],\"invalid_badges\":[],"
                        + "\"other\":[\"a path was dropped\"]}}")));
    assertThat(publishing.orders)
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.name()).isEqualTo("acme-core");
              assertThat(order.archive()).isEqualTo(Bytes.of(new byte[] {7}));
              assertThat(order.userAgent()).isEqualTo("cargo/1.95.0");
            });
  }

  @Test
  void heldVersionIsAWarningForAPersonAndAnErrorForAJob() {
    publishing.result = new PublishResult.Held(ID, "first version of a crate", List.of());

    assertThat(publish(ADA).body().text())
        .contains("\"other\":[\"acme-core 1.0.0 is accepted and held for review:");
    assertThat(publish(caller("ci:release", SignInMethod.EXCHANGE)).body().text())
        .startsWith("{\"errors\":[{\"detail\":\"acme-core 1.0.0 is accepted and held");
  }

  @Test
  void refusalsHaveTheStatusOfTheirCauseAndAPrintableText() {
    publishing.result =
        new PublishResult.Refused(
            PublishResult.Cause.FORBIDDEN, "a\u001b[31mb\n" + "x".repeat(900));

    ApiReply reply = publish(ADA);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body().text()).contains("a?[31mb?x").endsWith("xxx...\"}]}");
    assertThat(reply.body().length()).isLessThan(600);
    assertThat(api.publish(new UploadRequest(ADA, null, null, Bytes.EMPTY)).status())
        .isEqualTo(400);
  }

  @Test
  void yanksNameACrateAndAVersion() {
    assertThat(api.yank(ADA, "acme-core", "1.0.0", true))
        .isEqualTo(new ApiReply(200, Bytes.utf8("{\"ok\":true}")));
    assertThat(api.yank(ADA, "acme core", "1.0.0", true).status()).isEqualTo(404);
    assertThat(api.yank(ADA, "acme-core", "one", true).status()).isEqualTo(404);
  }

  @Test
  void ownersAreListedAndChanged() {
    tokens.create("bob", RoleGrants.of(DeskRole.READER), null, "test");
    store.commit(
        Batch.synced(List.of(owners.first(CORE, List.of(CrateOwner.person("ada")), "ada", AT))));

    Bytes bob = Bytes.utf8("{\"users\":[\"bob\"]}");
    assertThat(api.changeOwners(ADA, "acme-core", true, bob).body().text())
        .contains("\"ok\":true", "bob added as an owner of crate acme-core");
    assertThat(api.owners("acme-core").body().text())
        .startsWith("{\"users\":[{\"id\":" + CrateOwner.person("ada").id() + ",\"login\":\"ada\"")
        .contains("\"login\":\"bob\",\"name\":\"bob\"");
    assertThat(
            api.changeOwners(caller("eve", SignInMethod.TOKEN), "acme-core", false, bob).status())
        .isEqualTo(403);
    assertThat(api.changeOwners(ADA, "acme-core", false, bob).status()).isEqualTo(200);
    assertThat(api.changeOwners(ADA, "acme-core", true, Bytes.utf8("{}")).status()).isEqualTo(400);
    assertThat(api.changeOwners(ADA, "acme-core", true, Bytes.utf8("[")).status()).isEqualTo(400);
    assertThat(api.owners("acme-tools").status()).isEqualTo(404);
    assertThat(api.changeOwners(ADA, "acme-tools", true, bob).status()).isEqualTo(404);
  }

  @Test
  void searchFindsPartsOfNames() {
    store(CORE, "the core", "1.0.0");
    store(CORE, "the core", "1.10.0");
    store(CrateName.parse("acme_tools"), null, "0.1.0");

    assertThat(api.search("core", 10).body().text())
        .isEqualTo(
            "{\"crates\":[{\"name\":\"acme-core\",\"max_version\":\"1.10.0\","
                + "\"description\":\"the core\"}],\"meta\":{\"total\":1}}");
    assertThat(api.search("ACME-", 1).body().text())
        .contains("\"name\":\"acme-core\"", "\"total\":2")
        .doesNotContain("acme_tools");
    assertThat(api.search("", 0).body().text()).contains("\"total\":2");
    assertThat(api.search("nothing", 10).body().text())
        .isEqualTo("{\"crates\":[],\"meta\":{\"total\":0}}");
  }

  @Test
  void searchShowsNoTextOfAVersionThatIsNotServed() {
    store(CORE, "the core", "1.0.0");
    store(CORE, "not read by anybody", "1.10.0");
    CrateSummary summary =
        new CrateSummary(CORE, CrateVersion.parse("1.0.0"), 2, "rules", AT, null);
    store.commit(Batch.synced(List.of(new Write.PutSummary(summary))));

    assertThat(api.search("core", 10).body().text())
        .contains("\"max_version\":\"1.0.0\",\"description\":\"the core\"");
  }
}
