package lazaret.mirror.http2;

/// The limits of one connection for frames that cost the server something and are of no use in
/// large numbers. Honest clients stay far below: see ADR 39. Thread-safe.
final class FloodBudgets {
  /// PING frames and acknowledgements.
  final FloodBudget pings = new FloodBudget("PING frames", 100, 10);

  /// SETTINGS frames and acknowledgements.
  final FloodBudget settings = new FloodBudget("SETTINGS frames", 20, 1);

  /// WINDOW_UPDATE frames.
  final FloodBudget windows = new FloodBudget("WINDOW_UPDATE frames", 2_000, 50);

  /// PRIORITY frames.
  final FloodBudget priorities = new FloodBudget("PRIORITY frames", 300, 10);

  /// Frames of types that RFC 9113 does not define.
  final FloodBudget unknown = new FloodBudget("frames of unknown types", 50, 5);

  /// DATA frames without content that do not end a stream.
  final FloodBudget emptyData = new FloodBudget("empty DATA frames", 50, 1);

  /// DATA frames with little content that do not end a stream.
  final FloodBudget smallData = new FloodBudget("small DATA frames", 1_000, 50);

  /// RST_STREAM frames of the client.
  final FloodBudget resets = new FloodBudget("RST_STREAM frames", 200, 10);

  /// Streams that the client made the server reset.
  final FloodBudget serverResets = new FloodBudget("streams that had to be reset", 100, 5);

  /// Streams beyond the limit of concurrent streams.
  final FloodBudget refusals = new FloodBudget("streams beyond the limit", 500, 20);

  /// Records a request, with which some frames are usual.
  void request() {
    windows.earn(4);
    priorities.earn(2);
  }

  /// Records a response that was sent to its end.
  void response() {
    resets.earn(1);
  }

  /// Records content of a response, for which the client opens windows.
  void sent(int bytes) {
    windows.earn(bytes / 1_024.0);
  }

  /// Records content of a request.
  void received(int bytes) {
    smallData.earn(bytes / 1_024.0);
  }
}
