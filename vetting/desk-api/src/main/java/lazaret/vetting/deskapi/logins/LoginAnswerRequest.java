package lazaret.vetting.deskapi.logins;

import lazaret.vetting.deskapi.binding.InPath;

/// The answer of a person to a login.
///
/// @param code the code that the command printed; case and dashes have no effect
/// @param approve whether the command receives a token
public record LoginAnswerRequest(@InPath String code, boolean approve) {}
