package lazaret.vetting.deskapi.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The servers that share the store, as the answering one knows them.
///
/// @param nodes the servers by name; empty if one server has the store
/// @param ageMs the time since the last successful read of the decision counter began at the
///   answering server, in milliseconds; null if one server has the store
/// @param maxStalenessMs the age at which a server stops serving, in milliseconds; null if one
///   server has the store
public record ClusterReply(
    List<ClusterNodeInfo> nodes, @Nullable Long ageMs, @Nullable Long maxStalenessMs) {
  public ClusterReply {
    nodes = List.copyOf(nodes);
  }
}
