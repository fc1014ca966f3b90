package lazaret.vetting.desk.decisions;

import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The person who decides, as the ledger records it.
///
/// @param name the name: the owner of the token, or the person who signed in
/// @param token the name of the token; null if there is none
/// @param signIn the way in which the person signed in; null for programs of the gate
public record Decider(String name, @Nullable String token, @Nullable SignInMethod signIn) {}
