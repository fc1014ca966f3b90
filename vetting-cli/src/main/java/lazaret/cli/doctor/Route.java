package lazaret.cli.doctor;

import java.net.URI;

/// Where cargo asks for crates of the public registry.
///
/// @param name the source's or registry's name in the configuration
/// @param index the address of the index, without `sparse+`, with a slash at its end
/// @param origin where that was set
/// @param registry whether it stands in `[registries]`, and so can carry a token
record Route(String name, URI index, String origin, boolean registry) {}
