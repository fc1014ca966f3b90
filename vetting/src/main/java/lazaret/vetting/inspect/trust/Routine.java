package lazaret.vetting.inspect.trust;

import java.util.List;
import java.util.Set;

/// One function of a crate, by the words that stand in it.
///
/// @param given words of its signature
/// @param words identifiers of its body
/// @param body how many tokens its body has
/// @param nonces of each nonce that it makes, the words from which it is made
record Routine(
    String path,
    int line,
    String name,
    Set<String> given,
    Set<String> words,
    int body,
    List<Set<String>> nonces) {}
