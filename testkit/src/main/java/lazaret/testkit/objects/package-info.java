/// Faults of a store of objects, for tests of its clients.
@NullMarked
package lazaret.testkit.objects;

import org.jspecify.annotations.NullMarked;
