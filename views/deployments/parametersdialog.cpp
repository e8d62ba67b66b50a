// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/parametersdialog.h"

#include "models/core/json.h"
#include "models/domain/parameters.h"
#include "views/common/controls.h"
#include "views/deployments/deploymenttext.h"
#include "views/deployments/parameterfield.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr qsizetype kMostShown = 4000;

/// The schema of one parameter, with a reference into the schema's own definitions followed.
Json propertyOf(const Json &schema, const QString &name)
{
    const Json properties = schema.value("properties", Json::object());
    if (!properties.is_object())
        return Json::object();
    const Json property = properties.value(name.toStdString(), Json::object());
    if (!property.is_object() || !property.contains("$ref") || !property["$ref"].is_string())
        return property;
    const std::string reference = property["$ref"].get<std::string>();
    if (reference.rfind("#/", 0) != 0)
        return property;
    try {
        const Json::json_pointer pointer(reference.substr(1));
        return schema.contains(pointer) ? schema[pointer] : property;
    } catch (const Json::exception &) {
        return property;
    }
}

} // namespace

ParametersDialog::ParametersDialog(const Deployment &deployment, QWidget *parent)
    : QDialog(parent), m_parameters(deployment.parameters), m_sent(new TextLabel(QString(), TextRole::Mono)),
      m_error(new TextLabel(QString())), m_run(pushButton(tr("Run now"), ButtonRole::Primary))
{
    setObjectName(QStringLiteral("parameters-dialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setWindowTitle(tr("Run %1").arg(oneLine(deployment.name).left(100)));
    resize(620, 480);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kSection, metrics::kSection, metrics::kSection, metrics::kInset);
    column->setSpacing(metrics::kWideGap);
    column->addWidget(new ElidedLabel(tr("Run %1").arg(oneLine(deployment.name)), TextRole::ObjectTitle));
    column->addWidget(
        new ElidedLabel(tr("%1 needs values that the deployment does not set.").arg(oneLine(deployment.flowName)),
            TextRole::Body, Tone::Text2));
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(makeFields(deployment));
    scroll->viewport()->setAutoFillBackground(false);
    scroll->widget()->setAutoFillBackground(false);
    column->addWidget(scroll, 1);
    column->addWidget(new TextLabel(tr("This will be sent"), TextRole::Strong, Tone::Text2));
    m_sent->setWordWrap(true);
    m_sent->setObjectName(QStringLiteral("sent"));
    m_sent->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_sent);
    m_error->setWordWrap(true);
    m_error->setObjectName(QStringLiteral("error"));
    m_error->hide();
    column->addWidget(m_error);

    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kGap);
    QPushButton *cancel = pushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    m_run->setObjectName(QStringLiteral("run"));
    m_run->setDefault(true);
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(m_run);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_run, &QPushButton::clicked, this, &ParametersDialog::submit);
    showSent();
    if (!m_fields.isEmpty())
        m_fields.constFirst()->setFocus();
}

QWidget *ParametersDialog::makeFields(const Deployment &deployment)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(2, 2, metrics::kGap, 2);
    column->setSpacing(metrics::kInset);
    const Json schema = parseJson(deployment.parameterSchema).value_or(Json::object());
    for (const ParameterInfo &info : describeParameters(deployment.parameterSchema, deployment.parameters)) {
        if (!info.required || !info.value.isEmpty())
            continue;
        auto *field = new ParameterField(info, toJsonText(propertyOf(schema, info.name)));
        column->addWidget(field);
        m_fields += field;
        connect(field, &ParameterField::edited, this, [this, field] {
            field->setProblem(QString());
            showSent();
        });
        connect(field, &ParameterField::left, this, [this, field] { check(field); });
    }
    column->addStretch();
    return page;
}

void ParametersDialog::check(ParameterField *field)
{
    const Result<QByteArray> value = field->value();
    field->setProblem(value ? QString() : value.error().detail);
}

void ParametersDialog::showSent()
{
    Json merged = parseJson(m_parameters).value_or(Json::object());
    for (const ParameterField *field : std::as_const(m_fields)) {
        if (const Result<QByteArray> value = field->value())
            merged[field->name().toStdString()] = parseJson(*value).value_or(Json());
    }
    m_sent->setText(toPrettyJson(merged).left(kMostShown));
}

void ParametersDialog::submit()
{
    Json overlay = Json::object();
    ParameterField *wrong = nullptr;
    for (ParameterField *field : std::as_const(m_fields)) {
        check(field);
        if (const Result<QByteArray> value = field->value())
            overlay[field->name().toStdString()] = parseJson(*value).value_or(Json());
        else if (wrong == nullptr)
            wrong = field;
    }
    if (wrong != nullptr) {
        wrong->setFocus();
        return;
    }
    m_error->hide();
    emit submitted(toJsonText(overlay));
}

void ParametersDialog::setWaiting(bool waiting)
{
    m_run->setEnabled(!waiting);
    for (ParameterField *field : std::as_const(m_fields))
        field->setEnabled(!waiting);
}

void ParametersDialog::showError(const Error &error)
{
    setWaiting(false);
    for (ParameterField *field : std::as_const(m_fields)) {
        if (error.field == field->name() || error.field == QStringLiteral("parameters.") + field->name()) {
            field->setProblem(error.detail);
            field->setFocus();
            return;
        }
    }
    QPalette colors = m_error->palette();
    colors.setColor(QPalette::WindowText, Theme::of(palette()).textOn(Notice::Broken));
    m_error->setPalette(colors);
    m_error->setText(error.detail);
    m_error->show();
}

} // namespace fd
