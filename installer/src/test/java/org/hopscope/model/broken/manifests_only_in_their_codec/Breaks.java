package org.hopscope.model.broken.manifests_only_in_their_codec;

/** An object that is the official model. */
record Breaks(io.kubernetes.client.openapi.models.V1Service service) {}
