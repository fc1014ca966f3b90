package lazaret.mirror.upstream;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/// One thing that is wanted of upstream.
///
/// @param side which of the two origins it is meant for
/// @param uri where it is
/// @param namedBy what named the address: the index itself, or the `config.json` with its `dl`
/// @param headers besides those that every request carries
/// @param maxBytes the longest body of an answer with status 200
/// @param check turns an answer whose body cannot be used into a failure, or decodes it
record Question(
    Side side,
    URI uri,
    URI namedBy,
    Map<String, String> headers,
    long maxBytes,
    Function<Reply.Answer, Reply> check) {
  Question {
    headers = Map.copyOf(headers);
  }
}
