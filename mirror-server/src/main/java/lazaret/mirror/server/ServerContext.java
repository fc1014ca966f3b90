package lazaret.mirror.server;

import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.health.HealthService;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.signin.IdentityContext;
import lazaret.mirror.site.SiteRoutes;
import lazaret.mirror.webhook.WebhookDelivery;
import lazaret.storage.provider.StoreTasks;
import lazaret.vetting.cluster.ClusterService;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.queue.QueueService;

/// The parts that the listener serves. The caller who opened the parts closes them.
///
/// @param config the settings of the listener
/// @param clock the only source of time
/// @param store for health and metrics
/// @param gate handles the requests of cargo
/// @param origins the origins of names: the public paths serve the public ones
/// @param desk for search and tokens
/// @param health the health of all parts
/// @param deskApi handles `/desk/v1/`
/// @param identities the sessions of persons, sign-in, and tokens of jobs
/// @param site makes the handlers of private crates, files and documentation for the names of the
///   server, which are known when it listens
/// @param meters the parts that health and metrics read
/// @param version the version of this program, for the front page
public record ServerContext(
    MirrorConfig config,
    Clock clock,
    Store store,
    Gate gate,
    NameOrigins origins,
    Desk desk,
    HealthService health,
    DeskApi deskApi,
    IdentityContext identities,
    Function<HostNames, SiteRoutes> site,
    Meters meters,
    String version) {
  /// The parts that health and metrics read.
  ///
  /// @param upstream the counters of upstream
  /// @param queue the queue in numbers
  /// @param webhooks the counters of webhooks
  /// @param cluster the nodes that share the store; also decides whether a request is answered
  /// @param tasks the figures of a store that several nodes share
  public record Meters(
      UpstreamMeters upstream,
      QueueService queue,
      WebhookDelivery webhooks,
      ClusterService cluster,
      Supplier<StoreTasks.Figures> tasks) {}
}
