"""The web application over the store: pages to look things up, and a service that matches other people's tables."""
