/// The commands on stores: conversion, migration, archives of backups, clusters.
@NullMarked
package lazaret.cli.store;

import org.jspecify.annotations.NullMarked;
