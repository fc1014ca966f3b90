package lazaret.cli.cargo;

import java.net.URI;

/// The registry that cargo uses in place of the public registry.
///
/// @param name the name of the source or registry in the configuration
/// @param index the address of the index, without `sparse+`, with a slash at its end
/// @param origin the file or variable with this setting
/// @param registry whether the setting is in `[registries]`, so that a token is possible
public record RegistryRoute(String name, URI index, String origin, boolean registry) {}
