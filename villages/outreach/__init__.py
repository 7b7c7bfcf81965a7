"""Activities in villages, photos, awareness tests and what people learned."""
