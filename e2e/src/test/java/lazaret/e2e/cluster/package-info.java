/// Several servers on PostgreSQL and an object store.
@NullMarked
package lazaret.e2e.cluster;

import org.jspecify.annotations.NullMarked;
