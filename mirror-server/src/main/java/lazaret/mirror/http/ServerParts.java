package lazaret.mirror.http;

import java.time.Clock;
import java.util.Optional;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.deskapi.DeskApi;
import lazaret.mirror.upstream.UpstreamMeters;
import lazaret.mirror.webhook.Webhooks;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.Freight;
import lazaret.vetting.desk.Gate;
import lazaret.vetting.desk.Store;

/// What the listener serves; whoever opened the parts closes them.
///
/// @param config how to listen
/// @param clock the only source of time
/// @param store for health and metrics
/// @param upstream counters for the metrics
/// @param gate what cargo talks to
/// @param desk for search and tokens
/// @param freight whether the store is behind what was imported, for health; empty where the
///   program was started without what handles bundles
/// @param deskApi what stands behind `/desk/v1/`
/// @param webhooks for the metrics
/// @param version of this program, for the front page
public record ServerParts(
    MirrorConfig config,
    Clock clock,
    Store store,
    UpstreamMeters upstream,
    Gate gate,
    Desk desk,
    Optional<Freight> freight,
    DeskApi deskApi,
    Webhooks webhooks,
    String version) {}
