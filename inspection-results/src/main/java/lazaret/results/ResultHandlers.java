package lazaret.results;

import java.net.URI;
import java.util.List;
import java.util.Map;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.deskapi.ResultOperations;
import lazaret.vetting.deskapi.site.ResultKeyInfo;
import lazaret.vetting.deskapi.site.ResultSourceInfo;
import lazaret.vetting.deskapi.site.ResultsReply;
import lazaret.vetting.deskapi.site.ResultsRevokeRequest;

/// The handlers of the operations on signed inspection results.
public final class ResultHandlers implements HandlerSource {
  private final ResultService results;
  private final Map<String, URI> sources;

  /// Creates the handlers.
  ///
  /// @param sources the addresses of the feeds by name
  public ResultHandlers(ResultService results, Map<String, URI> sources) {
    this.results = results;
    this.sources = Map.copyOf(sources);
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(ResultOperations.RESULTS, (_, _) -> state());
    handlers.add(ResultOperations.REVOKE_RESULTS, this::revoke);
  }

  private ResultsReply revoke(ResultsRevokeRequest request, Caller caller) {
    results.revoke(request.keys(), request.archives(), caller.owner(), request.reason());
    return state();
  }

  private ResultsReply state() {
    List<ResultKeyInfo> keys =
        results.keys().stream()
            .map(each -> new ResultKeyInfo(each.key().id(), each.key().until(), each.revoked()))
            .toList();
    List<ResultSourceInfo> feeds =
        sources.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                each ->
                    new ResultSourceInfo(
                        each.getKey(), each.getValue().toString(), results.position(each.getKey())))
            .toList();
    ResultService.Counts counts = results.count();
    return new ResultsReply(keys, feeds, counts.waiting(), counts.used(), results.last());
  }
}
