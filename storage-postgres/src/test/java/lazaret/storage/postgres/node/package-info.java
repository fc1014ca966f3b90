/// Tests of the nodes of a cluster.
