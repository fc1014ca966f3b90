package lazaret.vetting.inspect.trust;

import java.util.List;
import java.util.Set;

/// A function of a crate, by the words in it.
///
/// @param given the words of its signature
/// @param words the identifiers of its body
/// @param body the number of tokens of its body
/// @param nonces for each nonce in it, the words from which the nonce is made
record RandomRoutine(
    String path,
    int line,
    String name,
    Set<String> given,
    Set<String> words,
    int body,
    List<Set<String>> nonces) {}
