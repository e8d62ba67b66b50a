// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace fd {

class TableView;

/// The head of a TableView: quiet text, the sorted column in text colour with a chevron.
class TableHeader : public QHeaderView
{
    Q_OBJECT
public:
    explicit TableHeader(TableView *view);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int column) const override;

private:
    TableView *m_view;
};

} // namespace fd
