package lazaret.mirror;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.documentation.DocumentationRow;
import lazaret.documentation.DocumentationService;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.SignInRole;
import lazaret.mirror.hosting.NameListFile;
import lazaret.mirror.hosting.PrivateRegistryHandler;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.site.RouteHandler;
import lazaret.mirror.workload.IssuedWorkload;
import lazaret.signin.workload.WorkloadBinding;
import lazaret.signin.workload.WorkloadIssuer;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.gate.OriginGate;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.hosting.HostedCrates;
import lazaret.vetting.hosting.HostingSettings;
import lazaret.vetting.hosting.VersionChanges.DeletionResult;
import lazaret.vetting.hosting.api.CargoApiService;
import lazaret.vetting.hosting.api.HostedSearch;
import lazaret.vetting.hosting.api.PrivateAlarmHandlers;
import lazaret.vetting.hosting.api.PrivateCrateHandlers;
import lazaret.vetting.hosting.api.PrivateImportHandlers;
import lazaret.vetting.hosting.names.PublicNameList;
import lazaret.vetting.hosting.names.SharedNameList;
import lazaret.vetting.hosting.owners.CrateOwner;
import lazaret.vetting.hosting.owners.OwnerLookup;
import lazaret.vetting.hosting.owners.OwnerRights;
import lazaret.vetting.hosting.owners.OwnerService;
import lazaret.vetting.hosting.record.Provenance;
import lazaret.vetting.origin.NameOrigin;

/// The parts of the private registry of a server.
final class HostingSetup {
  private static final Duration SHARE_EVERY = Duration.ofDays(1);

  private final SiteParts.Around around;
  private final HostingSettings settings;
  private final OwnerLookup people;
  private final OwnerService owners;
  private final HostedSearch search;
  private final SharedNameList sharedNames;
  private final PublicNameList publicNames;
  private final HostedCrates crates;
  private final CargoApiService api;

  HostingSetup(SiteParts.Around around) {
    Store store = around.parts().store();
    this.around = around;
    this.settings = around.config().site().hosting();
    this.people =
        new OwnerLookup(
            around.identities().sessions(), around.desk().tokens(), groups(around.config()));
    this.owners = new OwnerService(store, around.parts().clock(), people);
    OwnerRights rights = new OwnerRights(owners, people, created(around.config()));
    this.search = new HostedSearch(store, around.names().origins());
    this.sharedNames = new SharedNameList(store, around.parts().clock());
    this.publicNames = publicNames(around, settings, sharedNames);
    this.crates =
        new HostedCrates(
            around.parts(),
            around.gate(),
            settings,
            new HostedCrates.Rights(around.names().origins(), publicNames, owners, rights));
    this.api =
        new CargoApiService(crates, search, new CargoApiService.Owning(owners, rights, people));
  }

  /// Returns the list of all public names. It is a file of the operator, else the one that the
  /// following of the registry keeps here, else the one that another node stored.
  private static PublicNameList publicNames(
      SiteParts.Around around, HostingSettings settings, SharedNameList shared) {
    Path file = settings.nameList();
    if (file != null) {
      return new NameListFile(file, around.parts().clock(), around.names().alarm()::listed);
    }
    Duration age = Duration.ofDays(PublicNameList.MAX_AGE_DAYS);
    return name ->
        around
            .following()
            .lists(name, age)
            .map(has -> has ? PublicNameList.Answer.PRESENT : PublicNameList.Answer.ABSENT)
            .orElseGet(() -> shared.find(name));
  }

  /// Compares the list of all public names with the private ones, if it changed since the last
  /// time.
  void compareListed() {
    // A list in a file is read, and each of its names is compared, at the first question about it.
    PublicNameList.Answer _ = publicNames.find(CrateName.parse("serde"));
    shareNames();
  }

  /// Stores the list of this node for the other ones, once a day. Only the leader follows.
  private void shareNames() {
    if (!settings.otherNames()
        || settings.nameList() != null
        || around.parts().store().shared().isEmpty()) {
      return;
    }
    Instant last = sharedNames.made();
    if (!around.parts().clock().instant().isBefore(last.plus(SHARE_EVERY))) {
      SharedNameList.Draft draft = sharedNames.draft();
      around.following().names(last.plusSeconds(1), draft).ifPresent(draft::store);
    }
  }

  private static List<String> groups(MirrorConfig config) {
    MirrorConfig.SignIn signIn = config.server().access().signIn();
    return signIn == null ? List.of() : signIn.roles().stream().map(SignInRole::group).toList();
  }

  /// Returns the owners of the crates that CI jobs create, by the name of their binding, which no
  /// other one has.
  private static Map<String, List<CrateOwner>> created(MirrorConfig config) {
    Map<String, List<CrateOwner>> created = new HashMap<>();
    for (WorkloadIssuer issuer : config.workloadIssuers()) {
      for (WorkloadBinding binding : issuer.bindings()) {
        created.put(
            binding.name(),
            binding.granted().owners().stream().map(CrateOwner::parse).distinct().toList());
      }
    }
    return created;
  }

  /// Returns the operations of the desk.
  ///
  /// @param pages the documentation, which shows the source of versions
  List<HandlerSource> handlers(DocumentationService pages) {
    return List.of(
        new PrivateCrateHandlers(search, crates.rows(), owners, people, deletion(pages)),
        new PrivateImportHandlers(crates, people),
        new PrivateAlarmHandlers(around.names().alarm()));
  }

  /// Returns the deletion of a version and then of its documentation. A repeated order removes what
  /// an interrupted one left.
  private PrivateCrateHandlers.Deletion deletion(DocumentationService pages) {
    return (by, name, version, reason) -> {
      Optional<DeletionResult> deleted = crates.changes().delete(by, name, version, reason);
      if (deleted.isPresent()) {
        Optional<DocumentationRow> _ = pages.remove(name, version, by.owner());
      }
      return deleted;
    };
  }

  /// Returns the handler of requests. It answers 404 until the server publishes or has a private
  /// name; a bundle can bring the first name at any time.
  RouteHandler route(HostNames names) {
    RouteHandler none = RouteHandler.none("private registry");
    OriginGate registry = new OriginGate(around.gate(), NameOrigin.PRIVATE);
    RouteHandler hosting =
        new PrivateRegistryHandler(
            names,
            new PrivateRegistryHandler.Options(
                around.parts().clock(), settings.authRequired(), settings.sizes().largest()),
            new PrivateRegistryHandler.Crates(around.gate(), registry::index, registry::download),
            new PrivateRegistryHandler.Calls(api, this::job));
    return (question, sender, room) ->
        (isServed() ? hosting : none).respond(question, sender, room);
  }

  /// Returns whether this server publishes or has a private name.
  boolean isServed() {
    if (settings.isOn()) {
      return true;
    }
    try (Stream<DeskRow> names = around.parts().store().deskRows().list(DeskTable.NAMES, "")) {
      return names.findAny().isPresent();
    }
  }

  private Optional<Provenance.Job> job(String token) {
    return around.identities().jobs().flatMap(jobs -> jobs.workload(token)).map(HostingSetup::job);
  }

  private static Provenance.Job job(IssuedWorkload workload) {
    return new Provenance.Job(
        workload.issuer(),
        workload.run().runId(),
        workload.run().repository(),
        workload.run().sha(),
        workload.run().ref());
  }

  /// Removes a person whose account is removed from the owners of all crates.
  ///
  /// @param by the administrator
  void removed(String person, String by) {
    int _ = owners.removePerson(person, by);
  }
}
